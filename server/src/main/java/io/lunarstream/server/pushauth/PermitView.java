package io.lunarstream.server.pushauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.lunarstream.server.live.PublishPermit;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The terms on which a publisher is let in, as a media node is told them.
///
/// @param cutAt when the publisher is to be cut, unless the answer to a report moves it
/// @param keyframeIntervalSeconds of an earlier broadcast of the livestream
/// @param fence of the livestream: the node names it with each word about this broadcast
record PermitView(
        UUID livestreamId,
        String streamKey,
        UUID tokenId,
        Instant cutAt,
        @JsonInclude(Include.NON_EMPTY) Optional<Double> keyframeIntervalSeconds,
        long fence) {
    private static final double MILLIS_PER_SECOND = 1000;

    static PermitView of(PublishPermit permit, long fence) {
        return new PermitView(
                permit.livestreamId(),
                permit.streamKey(),
                permit.tokenId(),
                permit.deadline(),
                permit.keyframeInterval().map(interval -> interval.toMillis() / MILLIS_PER_SECOND),
                fence);
    }
}
