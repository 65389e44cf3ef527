package io.lunarstream.hls;

import io.lunarstream.media.Timescale;

/// The wall-clock time of media: `EXT-X-PROGRAM-DATE-TIME`.
///
/// It is the clock at arrival, advanced by media time, so that it runs as evenly as the media do. A network can only
/// delay, so the sample that came with the least delay tells how far media time and clock have drifted apart; beyond
/// 200 ms the time is stepped at a segment's start. Source: draft-pantos-hls-rfc8216bis, section 4.4.4.6.
final class ProgramClock {

    /// Drift up to this much is left alone: players take a step for a seek.
    private static final long TOLERATED_DRIFT_MS = 200;

    /// A step stays below a second, so that no player takes it for a new programme.
    private static final long LARGEST_STEP_MS = 999;

    private boolean anchored;
    private long earliestStartMs = Long.MIN_VALUE;
    private long anchorMs;
    private long anchorTicks;
    private long leastDelayMs = Long.MAX_VALUE;

    /// Says where the media before end that this clock has not seen.
    void startNotBefore(long ms) {
        earliestStartMs = ms;
    }

    /// Notes when a sample came.
    void arrived(long ticks, long arrivalMs) {
        leastDelayMs = Math.min(leastDelayMs, arrivalMs - at(ticks));
    }

    /// Time of a segment's start, in milliseconds since 1970.
    ///
    /// @param ticks media time of the start
    /// @param arrivalMs when its first sample came
    /// @param discontinuity whether media time tells nothing about the time since the segment before
    long segmentStart(long ticks, long arrivalMs, boolean discontinuity) {
        if (!anchored) {
            anchor(ticks, Math.max(arrivalMs, earliestStartMs));
        } else if (discontinuity) {
            anchor(ticks, Math.max(arrivalMs, at(ticks)));
        } else if (leastDelayMs != Long.MAX_VALUE && Math.abs(leastDelayMs) > TOLERATED_DRIFT_MS) {
            anchor(ticks, at(ticks) + Math.clamp(leastDelayMs, -LARGEST_STEP_MS, LARGEST_STEP_MS));
        }
        leastDelayMs = Long.MAX_VALUE;
        return at(ticks);
    }

    private void anchor(long ticks, long ms) {
        anchored = true;
        anchorTicks = ticks;
        anchorMs = ms;
    }

    private long at(long ticks) {
        return anchorMs + Timescale.MPEG.convert(ticks - anchorTicks, Timescale.MILLISECONDS);
    }
}
