package io.lunarstream.server.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.livestream.IngestView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a media node tells the API: the body of `POST /media-node/report`.
///
/// @param rtmpServer what an encoder's "server" field takes
/// @param rtmpsServer the same with TLS, if there is one
/// @param hlsBaseUrl what its HLS addresses start with
/// @param maxStreams how many broadcasts it takes
/// @param activeStreams how many it has
/// @param viewers how many watch, those behind a cache not among them
/// @param cpuLoad of the machine, 0 to 1; empty if it is not known
/// @param stopping whether it takes no more publishers, because it ends
/// @param events what has become of broadcasts, in order
/// @param streams broadcasts that there are now, or some of them
record Report(
        String rtmpServer,
        @JsonInclude(Include.NON_EMPTY) Optional<String> rtmpsServer,
        String hlsBaseUrl,
        int maxStreams,
        int activeStreams,
        int viewers,
        @JsonInclude(Include.NON_EMPTY) Optional<Double> cpuLoad,
        boolean stopping,
        List<Event> events,
        List<Stream> streams) {

    /// Something that has happened. Members that a type does not have are left out.
    ///
    /// @param type `playable`, `keyframe_interval` or `ended`
    /// @param fence the fencing number that this node knew when it happened
    /// @param tokenId `jti` of the push token that the publisher of what is playable came in on
    /// @param milliseconds the keyframe interval
    /// @param reason why it ended, as the API spells it
    /// @param at when; a keyframe interval has none
    @JsonInclude(Include.NON_EMPTY)
    record Event(
            String type,
            UUID livestreamId,
            Optional<Long> fence,
            Optional<UUID> tokenId,
            Optional<Long> milliseconds,
            Optional<String> reason,
            Optional<Instant> at) {

        static Event playable(UUID livestreamId, Optional<Long> fence, UUID tokenId, Instant at) {
            return new Event(
                    "playable",
                    livestreamId,
                    fence,
                    Optional.of(tokenId),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(at));
        }

        static Event keyframeInterval(UUID livestreamId, Optional<Long> fence, Duration interval) {
            return new Event(
                    "keyframe_interval",
                    livestreamId,
                    fence,
                    Optional.empty(),
                    Optional.of(interval.toMillis()),
                    Optional.empty(),
                    Optional.empty());
        }

        static Event ended(UUID livestreamId, Optional<Long> fence, EndReason reason, Instant at) {
            return new Event(
                    "ended",
                    livestreamId,
                    fence,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(reason.apiName()),
                    Optional.of(at));
        }
    }

    /// A broadcast that there is.
    ///
    /// @param tokenId `jti` of the push token that its last publisher came in on; empty after a restart
    /// @param fence empty after a restart
    @JsonInclude(Include.NON_EMPTY)
    record Stream(
            UUID livestreamId,
            Optional<UUID> tokenId,
            Optional<Long> fence,
            @JsonInclude(Include.ALWAYS) int viewers,
            IngestView ingest) {}

    /// The same, with other news.
    Report with(List<Event> newEvents, List<Stream> newStreams) {
        return new Report(
                rtmpServer,
                rtmpsServer,
                hlsBaseUrl,
                maxStreams,
                activeStreams,
                viewers,
                cpuLoad,
                stopping,
                newEvents,
                newStreams);
    }
}
