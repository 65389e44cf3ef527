package io.lunarstream.media.time;

import io.lunarstream.media.Timescale;
import java.util.Arrays;

/// Counts an audio track's time in samples and keeps it near the encoder's milliseconds.
///
/// A frame's time is the end of the frame before. The encoder's own time stamps are rounded to milliseconds, so they
/// are only watched: when they are off by 100 ms at once, or by more than one frame in the median of a second, the
/// count is moved to where they are.
final class AudioClock {

    /// Off by this much, a single time stamp is believed at once: a gap of this length is heard as one.
    private static final long RESYNCHRONISE_AT_ONCE_MS = 100;

    private final Timescale samplingRate;
    private final int samplesPerFrame;
    private final long[] drifts;
    private int driftCount;
    private long end;
    private long last = Long.MIN_VALUE;
    private long resynchronisations;

    /// @param samplingRate ticks are samples
    /// @param samplesPerFrame how many a frame has usually: 1024 for most AAC
    /// @param start time of the first frame in samples, unless its own time stamp says otherwise
    AudioClock(Timescale samplingRate, int samplesPerFrame, long start) {
        this.samplingRate = samplingRate;
        this.samplesPerFrame = samplesPerFrame;
        this.end = start;
        this.drifts = new long[Math.max(1, samplingRate.ticksPerSecond() / samplesPerFrame)];
    }

    /// Whether this is how it counts.
    boolean counts(Timescale rate, int perFrame) {
        return samplingRate.equals(rate) && samplesPerFrame == perFrame;
    }

    /// Decode time in samples of the frame that the encoder stamped with this time.
    ///
    /// @param stampMs the encoder's time in milliseconds of the broadcast
    /// @param samples how many the frame has
    /// @param first whether a run of time stamps begins, so that nothing binds the frame to the one before
    long next(long stampMs, int samples, boolean first) {
        long stamp = samplingRate.ofMillis(stampMs);
        long drift = stamp - end;
        if (first) {
            moveTo(stamp);
        } else if (Math.abs(drift) > samplingRate.ofMillis(RESYNCHRONISE_AT_ONCE_MS)) {
            resynchronisations++;
            moveTo(stamp);
        } else {
            watch(drift);
        }
        last = end;
        end += samples;
        return last;
    }

    /// End of the last frame, in whole milliseconds, rounded up.
    long endMs() {
        return samplingRate.convert(end, Timescale.MILLISECONDS) + 1;
    }

    long resynchronisations() {
        return resynchronisations;
    }

    private void watch(long drift) {
        drifts[driftCount++] = drift;
        if (driftCount < drifts.length) {
            return;
        }
        driftCount = 0;
        Arrays.sort(drifts);
        long median = drifts[drifts.length / 2];
        if (Math.abs(median) > samplesPerFrame) {
            resynchronisations++;
            moveTo(end + median);
        }
    }

    /// Times only rise: a move into the past stops one sample after the last frame's time.
    private void moveTo(long time) {
        driftCount = 0;
        end = last == Long.MIN_VALUE ? time : Math.max(time, last + 1);
    }
}
