package io.lunarstream.media.time;

import io.lunarstream.media.Timescale;
import java.util.Arrays;

/// Counts an audio track's time in samples and keeps it near the encoder's milliseconds.
///
/// A frame's time is the end of the frame before. The encoder's own time stamps are rounded to milliseconds, so they
/// are only watched: when two in a row are off by 100 ms, or those of a second by more than one frame in the median,
/// the count is moved to where they are. One alone is moved to only if there is video as late: a gap.
final class AudioClock {

    /// A gap of this length is heard as one, and so it must not be put off.
    private static final long RESYNCHRONISE_AT_ONCE_MS = 100;

    private static final long NONE = Long.MIN_VALUE;

    private final Timescale samplingRate;
    private final int samplesPerFrame;
    private final long oddSamples;
    private final long[] drifts;
    private int driftCount;
    private long oddDrift;
    private long end;
    private long last = NONE;
    private long resynchronisations;

    /// @param samplingRate ticks are samples
    /// @param samplesPerFrame how many a frame has usually: 1024 for most AAC
    /// @param start time of the first frame in samples, unless its own time stamp says otherwise
    AudioClock(Timescale samplingRate, int samplesPerFrame, long start) {
        this.samplingRate = samplingRate;
        this.samplesPerFrame = samplesPerFrame;
        this.oddSamples = samplingRate.ofMillis(RESYNCHRONISE_AT_ONCE_MS);
        this.end = start;
        this.drifts = new long[Math.max(1, samplingRate.ticksPerSecond() / samplesPerFrame)];
    }

    /// The clock with which the same track goes on: this one, unless samples are counted otherwise from now on. No
    /// frame is earlier than the end of what came before.
    ///
    /// @param startMs as in the constructor, in milliseconds of the broadcast
    AudioClock followedBy(Timescale rate, int perFrame, long startMs) {
        if (samplingRate.equals(rate) && samplesPerFrame == perFrame) {
            return this;
        }
        AudioClock next = new AudioClock(rate, perFrame, rate.ofMillis(startMs));
        next.last = rate.ofMillis(endMs());
        return next;
    }

    /// Decode time in samples of a frame that nothing binds to the one before.
    ///
    /// @param stampMs the encoder's time in milliseconds of the broadcast
    long begin(long stampMs, int samples) {
        moveTo(samplingRate.ofMillis(stampMs));
        return next(samples);
    }

    /// Decode time in samples of the frame that the encoder stamped with this time.
    ///
    /// @param stampMs the encoder's time in milliseconds of the broadcast
    /// @param samples how many the frame has
    /// @param vouchedFor whether there is video as late as that
    long next(long stampMs, int samples, boolean vouchedFor) {
        long drift = samplingRate.ofMillis(stampMs) - end;
        if (Math.abs(drift) <= oddSamples) {
            oddDrift = 0;
            watch(drift);
        } else if ((vouchedFor && drift > 0) || confirms(drift)) {
            resynchronisations++;
            moveTo(end + drift);
        } else {
            oddDrift = drift;
        }
        return next(samples);
    }

    /// Whether the drift before was no bad time stamp: this one is as far off, or farther to the same side, as when
    /// each frame comes after a gap.
    private boolean confirms(long drift) {
        return oddDrift > 0 ? drift >= oddDrift - oddSamples : oddDrift < 0 && drift <= oddDrift + oddSamples;
    }

    /// Decode time in samples of a frame whose time stamp says nothing.
    long next(int samples) {
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
        oddDrift = 0;
        end = last == NONE ? time : Math.max(time, last + 1);
    }
}
