package io.lunarstream.media.time;

import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Timescale;
import org.jspecify.annotations.Nullable;

/// The one owner of a broadcast's time: turns the encoder's time stamps (milliseconds in 32 bits, which wrap, jump and
/// repeat) into decode times in ticks (64 bits, which only rise).
///
/// ```
/// RTMP ms, 32 bits --unwrap--> ms, 64 bits --offset--> ms of the broadcast --> ticks of the track
/// ```
///
/// Audio and video share one offset, so that a jump moves both together. Between two calls of [#restart()] the
/// encoder's own spacing is kept; a restart places what comes next right after what was. Source: RTMP 1.0, section
/// 5.3.1 (time stamps roll over after 49.7 days and are compared by serial number arithmetic).
public final class Timeline {

    /// Where a broadcast's time begins. Not zero, because audio may begin a little before the first picture, and
    /// MPEG-TS wants its clock reference before the first decode time.
    private static final long START_MS = 10_000;

    /// A time stamp this far ahead of all that came before is a jump, not a pause: longer than any sensible gap
    /// between frames, as long as the shortest target duration.
    private static final long FORWARD_JUMP_MS = 3_000;

    /// A time stamp this far behind its own track's last one is a jump, not jitter to be repaired.
    private static final long BACKWARD_JUMP_MS = 500;

    /// Pictures further apart than this have a pause between them, which says nothing about how long one lasts.
    private static final long LONGEST_PICTURE_MS = 1_000;

    private static final long NONE = Long.MIN_VALUE;

    private long lastInputMs;
    private long latestInputMs = NONE;
    private long lastVideoInputMs = NONE;
    private long lastAudioInputMs = NONE;
    private long offsetMs;

    private long lastVideoDts = NONE;
    private long videoFrameTicks = Timescale.MPEG.ofMillis(1);
    private @Nullable AudioClock audioClock;
    private long repairs;

    /// Makes the next time stamp follow whatever was before, at its end. For a new connection, a jump, a change of
    /// codec configuration.
    public void restart() {
        latestInputMs = NONE;
        lastVideoInputMs = NONE;
        lastAudioInputMs = NONE;
    }

    /// Says how the audio track counts: samples per second, and usually per frame. Saying so again changes nothing.
    public void audioFormat(Timescale samplingRate, int samplesPerFrame) {
        if (audioClock != null && audioClock.counts(samplingRate, samplesPerFrame)) {
            return;
        }
        long endMs = endMs();
        audioClock = new AudioClock(samplingRate, samplesPerFrame, samplingRate.ofMillis(endMs));
    }

    /// Whether a time stamp does not belong to the run of those before it. The caller then ends what it was making,
    /// calls [#restart()] and goes on.
    public boolean jumps(MediaKind kind, long timestampMs) {
        if (latestInputMs == NONE) {
            return false;
        }
        long inputMs = unwrap(timestampMs);
        long lastOfTrackMs = kind == MediaKind.VIDEO ? lastVideoInputMs : lastAudioInputMs;
        return inputMs > latestInputMs + FORWARD_JUMP_MS
                || (lastOfTrackMs != NONE && inputMs < lastOfTrackMs - BACKWARD_JUMP_MS);
    }

    /// Decode time of a picture, in ticks of [Timescale#MPEG]; later than that of the picture before.
    ///
    /// @param timestampMs as on the wire, 0 to 2^32 - 1
    public long videoDts(long timestampMs) {
        long inputMs = take(timestampMs);
        long dts = Timescale.MPEG.ofMillis(inputMs + offsetMs);
        if (lastVideoDts != NONE && dts <= lastVideoDts) {
            dts = lastVideoDts + 1;
            repairs++;
        } else if (lastVideoInputMs != NONE && inputMs - lastVideoInputMs <= LONGEST_PICTURE_MS) {
            videoFrameTicks = Timescale.MPEG.ofMillis(inputMs - lastVideoInputMs);
        }
        lastVideoInputMs = inputMs;
        lastVideoDts = dts;
        return dts;
    }

    /// Decode time of an audio frame, in ticks of the format given to [#audioFormat]; counted in samples, so that
    /// RTMP's rounding to milliseconds is not heard.
    ///
    /// @param timestampMs as on the wire, 0 to 2^32 - 1
    /// @param samples how many the frame has
    public long audioDts(long timestampMs, int samples) {
        if (audioClock == null) {
            throw new IllegalStateException("audioFormat() comes before the first frame");
        }
        boolean first = lastAudioInputMs == NONE;
        long inputMs = take(timestampMs);
        lastAudioInputMs = inputMs;
        return audioClock.next(inputMs + offsetMs, samples, first);
    }

    /// How long the last picture lasts if nothing follows, in ticks of [Timescale#MPEG]: as long as the one before.
    public long videoFrameTicks() {
        return videoFrameTicks;
    }

    /// How many time stamps were moved because they repeated or went back, or because audio had drifted away.
    public long repairs() {
        return repairs + (audioClock == null ? 0 : audioClock.resynchronisations());
    }

    private long take(long timestampMs) {
        if (latestInputMs == NONE) {
            long endMs = endMs();
            lastInputMs = timestampMs;
            latestInputMs = timestampMs;
            offsetMs = endMs - timestampMs;
            return timestampMs;
        }
        lastInputMs = unwrap(timestampMs);
        latestInputMs = Math.max(latestInputMs, lastInputMs);
        return lastInputMs;
    }

    /// The 64-bit time whose low 32 bits are those on the wire and that is nearest to the time before.
    private long unwrap(long timestampMs) {
        return lastInputMs + (int) (timestampMs - lastInputMs);
    }

    private long endMs() {
        long videoEndMs =
                lastVideoDts == NONE ? START_MS : Timescale.MPEG.convert(endOfVideo(), Timescale.MILLISECONDS) + 1;
        return Math.max(videoEndMs, audioClock == null ? START_MS : audioClock.endMs());
    }

    private long endOfVideo() {
        return lastVideoDts + videoFrameTicks;
    }
}
