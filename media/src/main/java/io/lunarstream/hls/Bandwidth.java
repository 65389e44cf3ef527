package io.lunarstream.hls;

import io.lunarstream.media.Timescale;

/// Bit rates of a generation in one form, for `BANDWIDTH` and `AVERAGE-BANDWIDTH`.
///
/// Source: RFC 8216, section 4.3.4.2: the peak is that of the segments lasting between 0.5 and 1.5 target durations.
final class Bandwidth {

    /// Announced above the peak so far by this much, because the next segments are not known yet.
    private static final double HEADROOM = 1.25;

    private long peak;
    private long bytes;
    private long ticks;

    /// Takes a segment into account.
    void add(long segmentBytes, long durationTicks, int targetDurationSeconds) {
        bytes += segmentBytes;
        ticks += durationTicks;
        boolean counts = peak == 0 || 2 * durationTicks >= Timescale.MPEG.ofMillis(1_000L * targetDurationSeconds);
        if (counts) {
            peak = Math.max(peak, bitsPerSecond(segmentBytes, durationTicks));
        }
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
