package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Database;
import io.lunarstream.server.http.ApiException;
import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.http.PageRequest;
import io.lunarstream.server.http.Values;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.mediaserver.MediaServer.Status;
import io.lunarstream.server.mediaserver.MediaServers;
import io.lunarstream.server.mediaserver.MediaServers.Load;
import io.lunarstream.server.pushtoken.PushToken;
import io.lunarstream.server.pushtoken.PushToken.Subject;
import io.lunarstream.server.pushtoken.PushTokens;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;

/// The rules of livestreams. Each operation checks in the order existence, values, state.
public final class LivestreamService {
    private static final int MAX_NAME_CHARACTERS = 255;
    private static final int MAX_EXTERNAL_ID_CHARACTERS = 255;
    private static final int MAX_METADATA_ENTRIES = 20;
    private static final int MAX_METADATA_KEY_CHARACTERS = 64;
    private static final int MAX_METADATA_VALUE_CHARACTERS = 500;
    private static final int STREAM_KEY_BYTES = 16;

    private static final Duration DEFAULT_TOKEN_LIFETIME = Duration.ofHours(1);
    private static final long MIN_TOKEN_SECONDS = 60;
    private static final long MAX_TOKEN_SECONDS = 2_592_000;

    /// How long an answer waits for a publisher to be cut, which is promised within 5 s.
    private static final Duration CUT_TIMEOUT = Duration.ofSeconds(5);

    /// What a partner asks for. Its shape is checked, its values are not.
    record CreateCommand(
            UUID projectId,
            UUID mediaServerId,
            String name,
            Optional<BigInteger> expiresIn,
            Optional<String> externalId,
            Map<String, String> metadata) {}

    /// A token that a partner asks for.
    record TokenCommand(UUID projectId, UUID livestreamId, Optional<BigInteger> expiresIn, boolean revokePrevious) {}

    /// A livestream and the push token just made for it.
    record WithToken(Livestream livestream, PushToken token) {}

    /// One page of a list.
    ///
    /// @param total rows on all pages
    record Page(List<Livestream> items, long total) {}

    private final Database database;
    private final LivestreamRepository livestreams = new LivestreamRepository();
    private final StatusRepository statuses = new StatusRepository();
    private final MediaServers mediaServers;
    private final PushTokens pushTokens;
    private final LiveStreams live;
    private final InstantSource clock;
    private final SecureRandom random;

    public LivestreamService(
            Database database,
            MediaServers mediaServers,
            PushTokens pushTokens,
            LiveStreams live,
            InstantSource clock,
            SecureRandom random) {
        this.database = database;
        this.mediaServers = mediaServers;
        this.pushTokens = pushTokens;
        this.live = live;
        this.clock = clock;
        this.random = random;
    }

    WithToken create(CreateCommand command) {
        Load load = mediaServers
                .find(command.mediaServerId())
                .orElseThrow(() -> new ApiException(ErrorCode.MEDIA_SERVER_NOT_FOUND));
        Values values = new Values();
        NewLivestream livestream = new NewLivestream(
                UUID.randomUUID(),
                command.projectId(),
                command.mediaServerId(),
                values.strippedText("name", command.name(), MAX_NAME_CHARACTERS),
                command.externalId(),
                command.metadata(),
                newStreamKey());
        command.externalId().ifPresent(id -> values.text("externalId", id, MAX_EXTERNAL_ID_CHARACTERS));
        checkMetadata(values, command.metadata());
        Duration lifetime = lifetime(values, command.expiresIn());
        checkRoom(values, load);
        values.check();
        return store(livestream, lifetime);
    }

    private WithToken store(NewLivestream livestream, Duration lifetime) {
        PushToken token = pushTokens.sign(
                new Subject(
                        livestream.id(), livestream.projectId(), livestream.mediaServerId(), livestream.streamKey()),
                lifetime);
        return database.write(transaction -> {
            if (!livestreams.insert(transaction, livestream, token.expiresAt(), clock.instant())) {
                throw new ApiException(ErrorCode.EXTERNAL_ID_EXISTS);
            }
            pushTokens.issue(transaction, token);
            return new WithToken(require(transaction, livestream.projectId(), livestream.id()), token);
        });
    }

    Livestream get(UUID projectId, UUID id) {
        return database.read(handle -> require(handle, projectId, id));
    }

    /// By its stream key, of any project: for what everybody may know.
    Livestream getPublic(String streamKey) {
        return findPublic(streamKey).orElseThrow(LivestreamService::notFound);
    }

    Optional<Livestream> findPublic(String streamKey) {
        return database.read(handle -> livestreams.findByStreamKey(handle, streamKey, pushTokens.passedDeadline()));
    }

    Optional<Livestream> findByExternalId(UUID projectId, String externalId) {
        return database.read(
                handle -> livestreams.findByExternalId(handle, projectId, externalId, pushTokens.passedDeadline()));
    }

    Page list(LivestreamFilter filter, PageRequest page) {
        Values values = new Values();
        filter.search().ifPresent(search -> values.searchText("search", search));
        values.check();
        Instant passed = pushTokens.passedDeadline();
        return database.read(handle ->
                new Page(livestreams.list(handle, filter, page, passed), livestreams.count(handle, filter, passed)));
    }

    /// Deletes first and cuts then, so that an encoder that reconnects by itself is not let in again.
    Livestream delete(UUID projectId, UUID id) {
        Livestream deleted = database.write(transaction -> {
            require(transaction, projectId, id);
            Instant now = clock.instant();
            statuses.end(transaction, id, EndReason.API_ENDED, now, now);
            Livestream last = require(transaction, projectId, id);
            livestreams.delete(transaction, id, now);
            return last;
        });
        cut(deleted, EndReason.API_ENDED);
        return deleted;
    }

    /// Makes a token: a live publisher goes on until the new deadline, or is cut if it came on a revoked token.
    WithToken generateToken(TokenCommand command) {
        Livestream livestream = get(command.projectId(), command.livestreamId());
        Values values = new Values();
        Duration lifetime = lifetime(values, command.expiresIn());
        values.check();
        PushToken token = pushTokens.sign(subject(livestream), lifetime);
        Livestream renewed = database.write(transaction -> {
            if (command.revokePrevious()) {
                pushTokens.revokeAll(transaction, livestream.id());
            }
            Instant deadline = pushTokens.issue(transaction, token);
            if (!statuses.renew(transaction, livestream.id(), deadline, clock.instant())) {
                throw notFound();
            }
            return require(transaction, command.projectId(), livestream.id());
        });
        if (command.revokePrevious()) {
            cut(renewed, EndReason.TOKEN_REVOKED);
        } else {
            live.moveDeadline(renewed.streamKey(), pushTokens.cutAt(renewed.pushTokenExpiresAt()));
        }
        return new WithToken(renewed, token);
    }

    private void cut(Livestream livestream, EndReason reason) {
        live.end(livestream.streamKey(), reason)
                .toCompletableFuture()
                .completeOnTimeout(false, CUT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static Subject subject(Livestream livestream) {
        return new Subject(
                livestream.id(),
                livestream.projectId(),
                livestream.mediaServer().id(),
                livestream.streamKey());
    }

    private Livestream require(Handle handle, UUID projectId, UUID id) {
        return livestreams
                .find(handle, projectId, id, pushTokens.passedDeadline())
                .orElseThrow(LivestreamService::notFound);
    }

    private static ApiException notFound() {
        return new ApiException(ErrorCode.LIVESTREAM_NOT_FOUND);
    }

    private static Duration lifetime(Values values, Optional<BigInteger> expiresIn) {
        return expiresIn
                .map(seconds -> values.integer("expiresIn", seconds, MIN_TOKEN_SECONDS, MAX_TOKEN_SECONDS))
                .map(Duration::ofSeconds)
                .orElse(DEFAULT_TOKEN_LIFETIME);
    }

    private static void checkMetadata(Values values, Map<String, String> metadata) {
        values.textMap(
                "metadata", metadata, MAX_METADATA_ENTRIES, MAX_METADATA_KEY_CHARACTERS, MAX_METADATA_VALUE_CHARACTERS);
    }

    private static void checkRoom(Values values, Load load) {
        if (load.server().status() != Status.ONLINE) {
            values.reject("mediaServerId", "must name a media server that is online");
        } else if (load.isFull()) {
            values.reject("mediaServerId", "must name a media server that has room");
        }
    }

    private String newStreamKey() {
        byte[] key = new byte[STREAM_KEY_BYTES];
        random.nextBytes(key);
        return HexFormat.of().formatHex(key);
    }
}
