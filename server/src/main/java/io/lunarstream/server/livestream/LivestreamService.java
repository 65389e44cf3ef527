package io.lunarstream.server.livestream;

import io.lunarstream.server.audit.AuditAction;
import io.lunarstream.server.audit.AuditLog;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.http.ApiException;
import io.lunarstream.server.http.Change;
import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.http.Page;
import io.lunarstream.server.http.PageRequest;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.live.IngestStatus;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.mediaserver.MediaNodes;
import io.lunarstream.server.mediaserver.MediaServers;
import io.lunarstream.server.mediaserver.MediaServers.Load;
import io.lunarstream.server.pushtoken.PushToken;
import io.lunarstream.server.pushtoken.PushToken.Form;
import io.lunarstream.server.pushtoken.PushToken.Subject;
import io.lunarstream.server.pushtoken.PushTokens;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// The rules of livestreams. Each operation checks in the order existence, values, state.
public final class LivestreamService {
    /// How long an answer waits for a publisher to be cut, which is promised within 5 s.
    private static final Duration CUT_TIMEOUT = Duration.ofSeconds(5);

    /// What a partner wants to be different.
    ///
    /// @param mediaServerId where to move it
    record UpdateCommand(
            UUID projectId,
            UUID id,
            Optional<String> name,
            Change<String> externalId,
            Change<Map<String, String>> metadata,
            Optional<UUID> mediaServerId) {}

    /// A token that a partner asks for.
    record TokenCommand(UUID projectId, UUID livestreamId, Optional<BigInteger> expiresIn, boolean revokePrevious) {}

    private final Database database;
    private final LivestreamRepository livestreams = new LivestreamRepository();
    private final StatusRepository statuses = new StatusRepository();
    private final LeaseRepository leases = new LeaseRepository();
    private final MediaServers mediaServers;
    private final MediaNodes mediaNodes;
    private final PushTokens pushTokens;
    private final LiveStreams live;
    private final AuditLog audit;
    private final PublicLivestreams inMemory;
    private final InstantSource clock;

    /// @param inMemory is told of every change
    public LivestreamService(
            Database database,
            MediaServers mediaServers,
            MediaNodes mediaNodes,
            PushTokens pushTokens,
            LiveStreams live,
            AuditLog audit,
            PublicLivestreams inMemory,
            InstantSource clock) {
        this.database = database;
        this.mediaServers = mediaServers;
        this.mediaNodes = mediaNodes;
        this.pushTokens = pushTokens;
        this.live = live;
        this.audit = audit;
        this.inMemory = inMemory;
        this.clock = clock;
    }

    Livestream get(UUID projectId, UUID id) {
        return database.read(handle -> require(handle, projectId, id));
    }

    Optional<Livestream> findByExternalId(UUID projectId, String externalId) {
        return database.read(
                handle -> livestreams.findByExternalId(handle, projectId, externalId, pushTokens.passedDeadline()));
    }

    Page<Livestream> list(LivestreamFilter filter, PageRequest page) {
        LivestreamValues values = new LivestreamValues();
        filter.search().ifPresent(values::search);
        values.check();
        Instant passed = pushTokens.passedDeadline();
        return database.read(handle ->
                new Page<>(livestreams.list(handle, filter, page, passed), livestreams.count(handle, filter, passed)));
    }

    Livestream update(UpdateCommand command) {
        Livestream before = get(command.projectId(), command.id());
        Optional<UUID> newHome = command.mediaServerId()
                .filter(server -> !server.equals(before.mediaServer().id()));
        Optional<Load> newLoad = newHome.map(mediaServers::require);
        LivestreamValues values = new LivestreamValues();
        Optional<String> name = command.name().map(values::name);
        command.externalId().newValue().ifPresent(values::externalId);
        command.metadata().newValue().ifPresent(values::metadata);
        newLoad.ifPresent(values::mediaServer);
        values.check();
        return change(command.id(), transaction -> {
            Livestream current = require(transaction, command.projectId(), command.id());
            if (newHome.isPresent()) {
                leaveHome(transaction, current);
            }
            LivestreamChange change = new LivestreamChange(
                    newHome.orElse(current.mediaServer().id()),
                    name.orElse(current.name()),
                    command.externalId().appliedTo(current.externalId()),
                    command.metadata()
                            .appliedTo(Optional.of(current.metadata()))
                            .orElse(Map.of()));
            if (!livestreams.update(transaction, current.id(), change, clock.instant())) {
                throw new ApiException(ErrorCode.EXTERNAL_ID_EXISTS);
            }
            newHome.ifPresent(server -> mediaServers.requireStillThere(transaction, server));
            record(transaction, AuditAction.LIVESTREAM_UPDATED, current);
            return require(transaction, command.projectId(), command.id());
        });
    }

    /// Who is live cannot move, unless the media node has gone: then the broadcast is lost, as its lease would tell
    /// in a minute.
    private void leaveHome(Handle transaction, Livestream livestream) {
        if (isLive(livestream)) {
            if (!mediaNodes.isGone(transaction, livestream.mediaServer().id())) {
                throw new ApiException(ErrorCode.LIVESTREAM_IS_LIVE);
            }
            Instant now = clock.instant();
            statuses.end(transaction, livestream.id(), EndReason.MEDIA_SERVER_LOST, now, now);
        }
        leases.remove(transaction, livestream.id());
    }

    /// Ends the broadcast. Revokes first and cuts then, so that an encoder that reconnects by itself is not let in
    /// again; with no token left, the deadline has passed.
    Livestream end(UUID projectId, UUID id) {
        Livestream ended = change(id, transaction -> {
            Livestream livestream = require(transaction, projectId, id);
            if (!isLive(livestream)) {
                throw new ApiException(ErrorCode.LIVESTREAM_NOT_LIVE);
            }
            Instant now = clock.instant();
            pushTokens.revokeAll(transaction, id);
            statuses.endByApi(transaction, id, now);
            statuses.moveDeadline(transaction, id, pushTokens.passedDeadline(), now);
            leases.remove(transaction, id);
            record(transaction, AuditAction.LIVESTREAM_ENDED, livestream);
            return livestream;
        });
        cut(ended, EndReason.API_ENDED);
        return get(projectId, id);
    }

    /// `STARTED`, or a publisher is connected.
    private boolean isLive(Livestream livestream) {
        return livestream.status() == LivestreamStatus.STARTED
                || livestream.lease().map(Lease::connected).orElse(false)
                || live.ingest(livestream.streamKey())
                        .map(IngestStatus::connected)
                        .orElse(false);
    }

    /// Deletes first and cuts then, so that an encoder that reconnects by itself is not let in again.
    Livestream delete(UUID projectId, UUID id) {
        Livestream deleted = change(id, transaction -> {
            Instant now = clock.instant();
            if (isLive(require(transaction, projectId, id))) {
                statuses.endByApi(transaction, id, now);
            }
            leases.remove(transaction, id);
            Livestream last = require(transaction, projectId, id);
            livestreams.delete(transaction, id, now);
            record(transaction, AuditAction.LIVESTREAM_DELETED, last);
            return last;
        });
        cut(deleted, EndReason.API_ENDED);
        return deleted;
    }

    /// Makes a token: a live publisher goes on until the new deadline, or is cut if it came on a revoked token. A
    /// broadcast that is cut has ended before the new token makes the livestream ready again.
    LivestreamWithToken generateToken(TokenCommand command) {
        Livestream livestream = get(command.projectId(), command.livestreamId());
        LivestreamValues values = new LivestreamValues();
        Duration lifetime = values.lifetime(command.expiresIn());
        values.check();
        PushToken token = pushTokens.make(
                subject(livestream), Form.on(livestream.mediaServer().kind()), lifetime);
        Livestream renewed = change(livestream.id(), transaction -> {
            Instant now = clock.instant();
            if (command.revokePrevious()) {
                pushTokens.revokeAll(transaction, livestream.id());
                statuses.end(transaction, livestream.id(), EndReason.TOKEN_REVOKED, now, now);
                leases.remove(transaction, livestream.id());
            }
            Instant deadline = pushTokens.issue(transaction, token);
            if (!statuses.renew(transaction, livestream.id(), deadline, now)) {
                throw notFound();
            }
            record(transaction, AuditAction.PUSH_TOKEN_CREATED, livestream);
            return require(transaction, command.projectId(), livestream.id());
        });
        if (command.revokePrevious()) {
            cut(renewed, EndReason.TOKEN_REVOKED);
        } else {
            live.moveDeadline(renewed.streamKey(), pushTokens.cutAt(renewed.pushTokenExpiresAt()));
        }
        return new LivestreamWithToken(renewed, token);
    }

    /// Changes one livestream, in the database and then in memory; one change after the other.
    private Livestream change(UUID id, Function<Handle, Livestream> work) {
        Livestream changed = database.write(transaction -> {
            statuses.lock(transaction, id);
            return work.apply(transaction);
        });
        inMemory.changed(changed.streamKey());
        return changed;
    }

    private void cut(Livestream livestream, EndReason reason) {
        live.end(livestream.streamKey(), reason)
                .toCompletableFuture()
                .completeOnTimeout(false, CUT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private void record(Handle transaction, AuditAction action, Livestream livestream) {
        audit.record(transaction, action, Optional.of(livestream.id()), Optional.of(livestream.projectId()));
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
}
