package io.lunarstream.hls;

import io.lunarstream.media.Timescale;

/// Bit rates of a generation in one form, for `BANDWIDTH` and `AVERAGE-BANDWIDTH`.
///
/// Source: RFC 8216, section 4.3.4.2: the peak is that of the segments lasting between 0.5 and 1.5 target durations.
///
/// @param peak of one segment so far, in bits per second
/// @param bytes of all segments so far
/// @param ticks duration of all segments so far, in ticks of [Timescale#MPEG]
public record Bandwidth(long peak, long bytes, long ticks) {

    /// Of no segment yet.
    public static final Bandwidth NONE = new Bandwidth(0, 0, 0);

    /// Announced above the peak so far by this much, because the next segments are not known yet.
    private static final double HEADROOM = 1.25;

    /// With one more segment.
    Bandwidth plus(long segmentBytes, long durationTicks, int targetDurationSeconds) {
        boolean counts = peak == 0 || 2 * durationTicks >= Timescale.MPEG.ofMillis(1_000L * targetDurationSeconds);
        long newPeak = counts ? Math.max(peak, bitsPerSecond(segmentBytes, durationTicks)) : peak;
        return new Bandwidth(newPeak, bytes + segmentBytes, ticks + durationTicks);
    }

    /// Bits per second to announce; never falls.
    long announced() {
        return Math.round(peak * HEADROOM);
    }

    /// Bits per second of all segments so far.
    long average() {
        return bitsPerSecond(bytes, ticks);
    }

    private static long bitsPerSecond(long bytes, long ticks) {
        return ticks == 0 ? 0 : Math.round(bytes * 8 / Timescale.MPEG.toSeconds(ticks));
    }
}
