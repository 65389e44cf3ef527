package io.lunarstream.server.livestream;

import io.lunarstream.server.audit.AuditAction;
import io.lunarstream.server.audit.AuditLog;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.TimeOrderedId;
import io.lunarstream.server.http.ApiException;
import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.livestream.IdempotencyKeys.Made;
import io.lunarstream.server.livestream.LivestreamRepository.Birth;
import io.lunarstream.server.mediaserver.MediaServer;
import io.lunarstream.server.mediaserver.MediaServers;
import io.lunarstream.server.mediaserver.MediaServers.Load;
import io.lunarstream.server.pushtoken.PushToken;
import io.lunarstream.server.pushtoken.PushToken.Form;
import io.lunarstream.server.pushtoken.PushToken.Subject;
import io.lunarstream.server.pushtoken.PushTokens;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/// Makes livestreams, each with its first push token, and never two for one `Idempotency-Key`.
public final class LivestreamCreation {
    private static final int STREAM_KEY_BYTES = 16;

    /// What a partner asks for. Its shape is checked, its values are not.
    record CreateCommand(
            UUID projectId,
            UUID mediaServerId,
            String name,
            Optional<BigInteger> expiresIn,
            Optional<String> externalId,
            Map<String, String> metadata) {}

    private final Database database;
    private final LivestreamRepository livestreams = new LivestreamRepository();
    private final IdempotencyKeys idempotencyKeys;
    private final MediaServers mediaServers;
    private final PushTokens pushTokens;
    private final AuditLog audit;
    private final InstantSource clock;
    private final SecureRandom random;

    public LivestreamCreation(
            Database database,
            MediaServers mediaServers,
            PushTokens pushTokens,
            AuditLog audit,
            InstantSource clock,
            SecureRandom random) {
        this.database = database;
        this.idempotencyKeys = new IdempotencyKeys(database, clock);
        this.mediaServers = mediaServers;
        this.pushTokens = pushTokens;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /// Makes a livestream, or answers again as the first time.
    LivestreamWithToken create(CreateCommand command, Optional<IdempotencyKey> idempotencyKey) {
        UUID id = TimeOrderedId.at(clock.instant());
        if (idempotencyKey.isEmpty()) {
            return create(id, command, (transaction, token) -> {});
        }
        IdempotencyKey key = idempotencyKey.get();
        Optional<Made> earlier = idempotencyKeys.begin(key, id);
        if (earlier.isPresent()) {
            return again(command, earlier.get());
        }
        try {
            return create(
                    id,
                    command,
                    (transaction, token) -> idempotencyKeys.finish(transaction, key, new Made(id, token.jti())));
        } catch (RuntimeException e) {
            idempotencyKeys.abandon(key, id);
            throw e;
        }
    }

    private LivestreamWithToken create(UUID id, CreateCommand command, BiConsumer<Handle, PushToken> alsoWritten) {
        Load load = mediaServers.require(command.mediaServerId());
        LivestreamValues values = new LivestreamValues();
        NewLivestream livestream = new NewLivestream(
                id,
                command.projectId(),
                command.mediaServerId(),
                values.name(command.name()),
                command.externalId(),
                command.metadata(),
                newStreamKey());
        command.externalId().ifPresent(values::externalId);
        values.metadata(command.metadata());
        Duration lifetime = values.lifetime(command.expiresIn());
        values.mediaServer(load);
        values.check();
        PushToken token =
                pushTokens.make(subject(livestream), Form.on(load.server().kind()), lifetime);
        Instant now = clock.instant();
        database.run(transaction -> {
            if (!livestreams.insert(transaction, livestream, token.expiresAt(), now)) {
                throw new ApiException(ErrorCode.EXTERNAL_ID_EXISTS);
            }
            mediaServers.requireStillThere(transaction, command.mediaServerId());
            pushTokens.issue(transaction, token);
            audit.record(
                    transaction, AuditAction.LIVESTREAM_CREATED, Optional.of(id), Optional.of(command.projectId()));
            alsoWritten.accept(transaction, token);
        });
        return newborn(livestream, load.server(), token, now);
    }

    /// The first response once more. What has become of the livestream since does not show: what the request said and
    /// what the livestream was born with make up the whole of it.
    private LivestreamWithToken again(CreateCommand command, Made made) {
        MediaServer server = mediaServers.requireRemovedToo(command.mediaServerId());
        return database.read(handle -> {
            Birth birth = livestreams.birth(handle, made.livestreamId());
            NewLivestream livestream = new NewLivestream(
                    made.livestreamId(),
                    command.projectId(),
                    command.mediaServerId(),
                    new LivestreamValues().name(command.name()),
                    command.externalId(),
                    command.metadata(),
                    birth.streamKey());
            PushToken token = pushTokens.makeAgain(handle, made.jti(), subject(livestream));
            return newborn(livestream, server, token, birth.createdAt());
        });
    }

    private static LivestreamWithToken newborn(
            NewLivestream livestream, MediaServer server, PushToken token, Instant createdAt) {
        Livestream born = new Livestream(
                livestream.id(),
                livestream.projectId(),
                livestream.name(),
                livestream.externalId(),
                livestream.metadata(),
                LivestreamStatus.READY_FOR_USE,
                livestream.streamKey(),
                new Livestream.Server(
                        server.id(),
                        server.name(),
                        server.region(),
                        server.kind(),
                        server.rtmpServer(),
                        server.rtmpsServer(),
                        server.hlsBaseUrl()),
                token.expiresAt(),
                /* startedAt= */ Optional.empty(),
                /* endedAt= */ Optional.empty(),
                /* endReason= */ Optional.empty(),
                createdAt,
                /* updatedAt= */ createdAt,
                /* lease= */ Optional.empty());
        return new LivestreamWithToken(born, token);
    }

    private static Subject subject(NewLivestream livestream) {
        return new Subject(livestream.id(), livestream.projectId(), livestream.mediaServerId(), livestream.streamKey());
    }

    private String newStreamKey() {
        byte[] key = new byte[STREAM_KEY_BYTES];
        random.nextBytes(key);
        return HexFormat.of().formatHex(key);
    }
}
