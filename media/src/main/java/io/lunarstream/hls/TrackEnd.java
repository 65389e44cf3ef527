package io.lunarstream.hls;

import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;

/// Where a track ends so far: the last sample's decode time and as much again as the sample before it lasted, unless
/// that was a pause.
final class TrackEnd {

    /// How long the only sample of a track lasts, for want of a second one: a picture at 30 per second.
    private static final int ONLY_SAMPLE_MS = 33;

    /// Longer than this no sample is taken to last: a picture at one per second. The sample before waited for the end
    /// of a pause then.
    private static final int LONGEST_GUESS_MS = 1_000;

    private final Timescale timescale;
    private long lastDts;
    private long end;
    private boolean begun;

    TrackEnd(Track track) {
        this.timescale = track.timescale();
    }

    /// Notes the decode time of a sample.
    void wrote(long dts) {
        long duration = begun ? dts - lastDts : timescale.ofMillis(ONLY_SAMPLE_MS);
        if (duration < 0 || duration > timescale.ofMillis(LONGEST_GUESS_MS)) {
            duration = timescale.ofMillis(ONLY_SAMPLE_MS);
        }
        begun = true;
        lastDts = dts;
        end = dts + duration;
    }

    /// Notes that the next sample begins here: the last one's end is no guess any more.
    void nextBegins(long dts) {
        end = dts;
    }

    /// The end in ticks of the track.
    long dts() {
        return end;
    }

    /// The end in ticks of [Timescale#MPEG].
    long mpegTicks() {
        return timescale.convert(end, Timescale.MPEG);
    }
}
