package io.lunarstream.hls;

import io.lunarstream.media.Timescale;
import java.time.Duration;
import java.util.Optional;

/// How long segments are: the cutter's bounds, and `EXT-X-TARGETDURATION`. Source: RFC 8216, section 4.3.3.1.
final class TargetDuration {

    /// A segment is this long or a little longer, if the encoder sends random access points often enough: short
    /// enough to start quickly, long enough that a playlist stays small.
    static final long SHORTEST_SEGMENT_TICKS = Timescale.MPEG.ofMillis(2_000);

    /// A generation's first segment is cut here at the latest, whatever comes: the longest that a viewer waits.
    static final long LONGEST_FIRST_SEGMENT_TICKS = Timescale.MPEG.ofMillis(10_000);

    /// What 2 s segments need, with a second to spare for an encoder that is a little late.
    private static final int SMALLEST_SECONDS = 3;

    private TargetDuration() {}

    /// How long a segment is that begins with a keyframe and ends before another one: the first that is far enough
    /// away.
    ///
    /// @param keyframeInterval what an earlier broadcast taught
    /// @return at most as long as a first segment may be
    static long expectedSegmentTicks(Duration keyframeInterval) {
        long intervalTicks = Timescale.MPEG.ofMillis(Math.max(1, keyframeInterval.toMillis()));
        long ticks = intervalTicks * Math.ceilDiv(SHORTEST_SEGMENT_TICKS, intervalTicks);
        return Math.min(ticks, LONGEST_FIRST_SEGMENT_TICKS);
    }

    /// The bound that a generation keeps from its first segment on: one second more than the longest segment to
    /// expect.
    ///
    /// @param firstSegmentTicks duration of the first segment, in ticks of [Timescale#MPEG]
    /// @param keyframeInterval what an earlier broadcast taught
    static int seconds(long firstSegmentTicks, Optional<Duration> keyframeInterval) {
        long remembered = keyframeInterval
                .map(interval -> Timescale.MPEG.ofMillis(interval.toMillis()))
                .orElse(0L);
        long longest = Math.max(firstSegmentTicks, Math.min(remembered, LONGEST_FIRST_SEGMENT_TICKS));
        return Math.max(SMALLEST_SECONDS, (int) Math.round(Timescale.MPEG.toSeconds(longest) + 1));
    }
}
