package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Database;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.live.PublishDecision;
import io.lunarstream.server.live.PublishDecision.Permitted;
import io.lunarstream.server.live.PublishDecision.Refused;
import io.lunarstream.server.live.PublishPermit;
import io.lunarstream.server.live.PublishRefusal;
import io.lunarstream.server.livestream.ForeignPublisherRepository.Over;
import io.lunarstream.server.pushtoken.PushTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Broadcasts on media servers outside this process that tell of them by hooks.
///
/// | | nginx-rtmp | SRS | ZLMediaKit | does |
/// |---|---|---|---|---|
/// | `publish` | `on_publish` | `on_publish` | `on_publish` | checks the push token; the broadcast has started |
/// | `update` | `on_update`, every 5 s | `on_hls`, each segment | | ends the broadcast if its publisher may not stay |
/// | `heard` | | | `on_record_ts`, each segment | tells that the stream goes on |
/// | `done` | `on_publish_done` | `on_unpublish` | `on_flow_report` | the broadcast ends, as stopped by the encoder |
///
/// A publisher that may not stay is cut by nginx-rtmp, which heeds the answer to `on_update`. The other two heed none
/// but that to `on_publish`.
///
/// A broadcast lasts as long as one of its connections is there. So a late `done` of an old connection does not end
/// what a newer one has begun, nor does that of a newcomer whom the media server has turned away itself.
///
/// Source: the Partner API, status ("foreign media servers") and push-auth.
public final class ForeignBroadcasts {
    /// How long nothing may be heard of a connection: as long as the lease of a media server of ours, which is nine
    /// updates of 5 s, more than the 30 s between two that nginx-rtmp takes if it is told nothing else, and four
    /// segments of the 10 s that SRS makes by default.
    private static final Duration SILENCE = Duration.ofSeconds(45);

    /// A connection to a media server, as its hook tells of it.
    ///
    /// @param streamKey where it publishes to, unverified
    /// @param pushToken what it has shown, unverified; empty if nothing
    /// @param clientId the media server's own name of it
    public record Connection(UUID mediaServerId, String streamKey, String pushToken, String clientId) {

        /// Without the secret.
        @Override
        public String toString() {
            return "Connection[mediaServerId=" + mediaServerId + ", clientId=" + clientId + "]";
        }
    }

    private final Database database;
    private final ForeignPublisherRepository publishers = new ForeignPublisherRepository();
    private final StatusRepository statuses = new StatusRepository();
    private final PushTokens pushTokens;
    private final PublicLivestreams inMemory;
    private final InstantSource clock;
    private final Instant startedAt;

    /// @param inMemory is told of every change
    public ForeignBroadcasts(
            Database database, PushTokens pushTokens, PublicLivestreams inMemory, InstantSource clock) {
        this.database = database;
        this.pushTokens = pushTokens;
        this.inMemory = inMemory;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /// A connection wants to publish.
    public PublishDecision publish(Connection connection) {
        PublishDecision decision =
                pushTokens.verify(connection.streamKey(), connection.pushToken(), connection.mediaServerId());
        if (decision instanceof Permitted(PublishPermit permit)) {
            Instant now = clock.instant();
            change(transaction -> {
                UUID livestreamId = permit.livestreamId();
                List<String> started = statuses.start(transaction, livestreamId, permit.tokenId(), now, now);
                if (!started.isEmpty()) {
                    // What an earlier broadcast has left behind must not keep this one going.
                    publishers.removeAll(transaction, livestreamId);
                }
                publishers.put(transaction, livestreamId, connection.clientId(), now);
                return started;
            });
        }
        return decision;
    }

    /// A connection goes on publishing. One that was not let in, or is over for us, may not.
    public PublishDecision update(Connection connection) {
        PublishDecision decision =
                pushTokens.verifyAgain(connection.streamKey(), connection.pushToken(), connection.mediaServerId());
        return switch (decision) {
            case Permitted(PublishPermit permit) ->
                isHeard(permit.livestreamId(), connection.clientId())
                        ? decision
                        : new Refused(PublishRefusal.INVALID_PUSH_TOKEN);
            case Refused(PublishRefusal reason) -> {
                boolean hasExpired = reason == PublishRefusal.EXPIRED_PUSH_TOKEN;
                leave(connection, hasExpired ? EndReason.TOKEN_EXPIRED : EndReason.TOKEN_REVOKED);
                yield decision;
            }
        };
    }

    private boolean isHeard(UUID livestreamId, String clientId) {
        return database.write(transaction -> publishers.hear(transaction, livestreamId, clientId, clock.instant()));
    }

    /// A stream goes on, whichever of its connections it comes from.
    public void heard(UUID mediaServerId, String streamKey) {
        database.run(transaction -> publishers.hearAll(transaction, mediaServerId, streamKey, clock.instant()));
    }

    /// Whether a stream that a viewer asks for and that is not there may come: from memory.
    public boolean mayCome(String streamKey) {
        return inMemory.find(streamKey)
                .map(livestream -> switch (livestream.status()) {
                    case READY_FOR_USE, STARTED -> true;
                    case ENDED, TOKEN_EXPIRED -> false;
                })
                .orElse(false);
    }

    /// A connection has gone, or its encoder has said goodbye: the media server does not tell which.
    public void done(Connection connection) {
        leave(connection, EndReason.CLIENT_STOPPED);
    }

    private void leave(Connection connection, EndReason reason) {
        pushTokens
                .livestreamOf(connection.streamKey(), connection.pushToken(), connection.mediaServerId())
                .ifPresent(livestreamId -> change(transaction -> {
                    statuses.lock(transaction, livestreamId);
                    boolean wasThere = publishers.remove(transaction, livestreamId, connection.clientId());
                    return wasThere && !publishers.anyOf(transaction, livestreamId)
                            ? end(transaction, livestreamId, reason)
                            : List.of();
                }));
    }

    /// Ends what no hook ends: broadcasts whose deadline has passed, and those of a media server that has died. After
    /// a start, connections first get the time to be heard of again.
    void sweep() {
        Instant passed = pushTokens.passedDeadline();
        Instant since = clock.instant().minus(SILENCE);
        Instant silentSince = since.isBefore(startedAt) ? Instant.EPOCH : since;
        boolean isAnyOver = database.read(handle -> publishers.anySilent(handle, silentSince)
                || !publishers.over(handle, passed).isEmpty());
        if (isAnyOver) {
            change(transaction -> {
                publishers.removeSilent(transaction, silentSince);
                publishers.over(transaction, passed).forEach(over -> statuses.lock(transaction, over.livestreamId()));
                // Once more: a publisher may have come while a lock was waited for.
                return publishers.over(transaction, passed).stream()
                        .flatMap(over -> end(transaction, over).stream())
                        .toList();
            });
        }
    }

    private List<String> end(Handle transaction, Over over) {
        publishers.removeAll(transaction, over.livestreamId());
        return end(transaction, over.livestreamId(), over.reason());
    }

    private List<String> end(Handle transaction, UUID livestreamId, EndReason reason) {
        Instant now = clock.instant();
        return statuses.end(transaction, livestreamId, reason, now, now);
    }

    /// @param write gives the stream keys of the livestreams that it has changed
    private void change(Function<Handle, List<String>> write) {
        database.write(write).forEach(inMemory::changed);
    }
}
