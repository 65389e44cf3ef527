package io.lunarstream.server.livestream;

import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.mediaserver.MediaNodes.Self;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// What a media node tells: of itself, what has happened, and what it has a broadcast of now.
///
/// @param events in the order in which they happened; each may be told again
/// @param streams some or all of what it has; absence means nothing
record NodeReport(Self self, List<Event> events, List<HeldStream> streams) {

    NodeReport {
        events = List.copyOf(events);
        streams = List.copyOf(streams);
    }

    /// The livestreams that it speaks of.
    List<UUID> livestreamIds() {
        return Stream.concat(
                        events.stream().map(Event::livestreamId),
                        streams.stream().map(HeldStream::livestreamId))
                .distinct()
                .sorted()
                .toList();
    }

    /// Something that has happened to a livestream.
    sealed interface Event {
        UUID livestreamId();

        /// The livestream's fence, as the node knows it; empty if it has not learnt it since its restart.
        Optional<Long> fence();

        /// The first segment of a broadcast can be played.
        ///
        /// @param tokenId `jti` of the push token that its publisher came in on
        record Playable(UUID livestreamId, UUID tokenId, Optional<Long> fence, Instant at) implements Event {}

        /// A keyframe interval has been measured that is worth remembering.
        record KeyframeInterval(UUID livestreamId, Optional<Long> fence, Duration interval) implements Event {}

        /// A broadcast that was playable has ended.
        record Ended(UUID livestreamId, Optional<Long> fence, EndReason reason, Instant at) implements Event {}
    }

    /// A livestream that the node has a broadcast of, or a publisher.
    ///
    /// @param tokenId what its publisher came in on; empty after a restart of the node, until an encoder is back
    /// @param fence as the node knows it; empty after a restart of the node
    /// @param connected whether a publisher is connected
    /// @param ingest what comes in, a JSON object that [IngestFields] can read
    record HeldStream(
            UUID livestreamId,
            Optional<UUID> tokenId,
            Optional<Long> fence,
            int viewers,
            boolean connected,
            String ingest) {}
}
