package io.lunarstream.hls;

import io.lunarstream.media.Codec;
import io.lunarstream.media.Sample;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;

/// Where a track ends so far: an audio frame says how many samples it has; a picture is taken to last as long as the
/// one before it, unless that was a pause.
final class TrackEnd {

    /// How long the only picture of a track lasts, for want of a second one: as at 30 per second.
    private static final int ONLY_PICTURE_MS = 33;

    /// Longer than this no picture is taken to last: as at one per second. The one before waited for the end of a
    /// pause then.
    private static final int LONGEST_GUESS_MS = 1_000;

    /// What two time stamps that are rounded to milliseconds can be off.
    private static final int ROUNDING_MS = 2;

    private final Codec codec;
    private final Timescale timescale;
    private long lastDts;
    private long end;
    private boolean begun;
    private boolean written;

    TrackEnd(Track track) {
        this.codec = track.codec();
        this.timescale = track.timescale();
    }

    /// Notes a sample.
    void wrote(Sample sample) {
        written = true;
        end = sample.dts()
                + switch (codec) {
                    case Codec.Audio audio -> audio.samples(sample.data());
                    case Codec.Video _ -> picture(sample.dts());
                };
    }

    private long picture(long dts) {
        long duration = begun ? dts - lastDts : timescale.ofMillis(ONLY_PICTURE_MS);
        begun = true;
        lastDts = dts;
        boolean likely = duration >= 0 && duration <= timescale.ofMillis(LONGEST_GUESS_MS);
        return likely ? duration : timescale.ofMillis(ONLY_PICTURE_MS);
    }

    /// Notes that the next sample begins here: the last one's end is no guess any more.
    void nextBegins(long dts) {
        end = dts;
    }

    /// Notes that a track with the same time stamps goes on here: the last sample ends here too, if it was thought to
    /// end as near as rounded time stamps can say.
    void nextBeginsAbout(long dts) {
        if (begun && Math.abs(dts - end) <= timescale.ofMillis(ROUNDING_MS)) {
            end = Math.max(dts, lastDts);
        }
    }

    /// Whether there is any sample of it.
    boolean isWritten() {
        return written;
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
