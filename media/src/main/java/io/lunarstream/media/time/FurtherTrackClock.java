package io.lunarstream.media.time;

import io.lunarstream.media.Codec;
import io.lunarstream.media.Timescale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The time of a track beside the first one of its kind: it follows the first one's [Timeline], so that the same time
/// stamp is the same time in every encoding of a picture, and in every language.
public final class FurtherTrackClock {
    private @Nullable AudioClock audioClock;
    private long lastDts = -1;
    private long pictureTicks = 1;
    private boolean begun;

    /// The track is coded so from now on; times go on rising.
    public void format(Codec codec) {
        if (codec instanceof Codec.Audio audio) {
            Timescale rate = new Timescale(audio.samplingFrequency());
            int samples = audio.samplesPerFrame();
            audioClock = audioClock == null
                    ? new AudioClock(rate, samples, /* start= */ 0)
                    : audioClock.followedBy(rate, samples, audioClock.endMs());
        }
    }

    /// The next frame begins a run of time stamps: nothing binds it to the one before.
    public void restart() {
        begun = false;
    }

    /// Decode time of a frame in ticks of its track; later than that of the frame before. Empty if a run cannot begin
    /// yet.
    ///
    /// @param positionMs where [Timeline#positionMs] places its time stamp; without that, it follows the one before
    /// @param samples how many an audio frame has; 0 for a picture
    public OptionalLong dts(OptionalLong positionMs, int samples) {
        if (!begun && positionMs.isEmpty()) {
            return OptionalLong.empty();
        }
        long dts = audioClock == null ? picture(positionMs) : audio(audioClock, positionMs, samples);
        begun = true;
        return OptionalLong.of(dts);
    }

    private long audio(AudioClock clock, OptionalLong positionMs, int samples) {
        if (positionMs.isEmpty()) {
            return clock.next(samples);
        }
        return begun
                ? clock.next(positionMs.getAsLong(), samples, /* vouchedFor= */ false)
                : clock.begin(positionMs.getAsLong(), samples);
    }

    private long picture(OptionalLong positionMs) {
        long follows = lastDts + pictureTicks;
        long dts = positionMs.isEmpty() ? follows : Timescale.MPEG.ofMillis(positionMs.getAsLong());
        dts = Math.max(dts, lastDts + 1);
        pictureTicks = begun && positionMs.isPresent() ? dts - lastDts : pictureTicks;
        lastDts = dts;
        return dts;
    }
}
