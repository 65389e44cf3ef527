package io.lunarstream.media.time;

import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Timescale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The one owner of a broadcast's time: turns the encoder's time stamps (milliseconds in 32 bits, which wrap, jump and
/// repeat) into decode times in ticks (64 bits, which only rise).
///
/// ```
/// RTMP ms, 32 bits --unwrap--> ms, 64 bits --offset--> ms of the broadcast --> ticks of the track
/// ```
///
/// Audio and video share one offset, so that both are as far apart as the encoder says. What does not fit is treated
/// so:
///
/// | time stamp | answer |
/// |---|---|
/// | of one frame alone is off | not believed: the frame follows the one before |
/// | jumps, as the next one confirms | the track goes on where it was; with the other's offset if that jumped as far |
/// | of the second track is far from the first one's | it has a clock of its own: both begin together |
///
/// Nothing is lost by a jump. So that the wall clock is asked anew, the next keyframe begins another run: a
/// discontinuity.
///
/// Source: RTMP 1.0, section 5.3.1 (time stamps roll over after 49.7 days and are compared by serial number
/// arithmetic).
public final class Timeline {

    /// Where a broadcast's time begins. Not zero, because audio may begin a little before the first picture, and
    /// MPEG-TS wants its clock reference before the first decode time.
    private static final long START_MS = 10_000;

    /// A longer gap than this is a jump, not a pause: longer than any sensible gap between frames, as long as the
    /// shortest target duration.
    private static final long LONGEST_GAP_MS = 3_000;

    /// Within a run nothing comes this far ahead of all that came before; if it does, the next time stamp is waited
    /// for. At low frame rates [#LONGEST_SPACINGS] pictures are more.
    private static final long FORWARD_ODD_MS = 500;

    /// So many pictures may be lost in a row before the next one is odd.
    private static final int LONGEST_SPACINGS = 4;

    /// Audio and video that begin further apart than this do not share a clock: no encoder delays one of them as much.
    private static final long FARTHEST_APART_MS = 10_000;

    /// Pictures further apart than this have a pause between them, which says nothing about how long one lasts.
    private static final long LONGEST_PICTURE_MS = 1_000;

    private static final long NONE = Long.MIN_VALUE;

    private final StampRun video = new StampRun();
    private final StampRun audio = new StampRun();
    private long lastVideoDts = NONE;
    private long videoFrameTicks = Timescale.MPEG.ofMillis(1);
    private long longestPauseMs = LONGEST_GAP_MS;
    private @Nullable AudioClock audioClock;
    private boolean jumped;
    private long repairs;

    /// Makes the next time stamp follow whatever was before, at its end. For a new connection, a jump, a change of
    /// codec configuration.
    public void restart() {
        video.restart();
        audio.restart();
        jumped = false;
    }

    /// Says how the audio track counts: samples per second, and usually per frame. Saying so again changes nothing.
    public void audioFormat(Timescale samplingRate, int samplesPerFrame) {
        audioClock = audioClock == null
                ? new AudioClock(samplingRate, samplesPerFrame, samplingRate.ofMillis(endMs()))
                : audioClock.followedBy(samplingRate, samplesPerFrame, endMs());
    }

    /// Whether another run begins with this frame: time has jumped, and a decoder can start here. The caller then ends
    /// what it was making, calls [#restart()] and goes on.
    ///
    /// @param timestampMs as on the wire, 0 to 2^32 - 1
    /// @param sync whether a decoder can start at the frame
    public boolean jumps(MediaKind kind, long timestampMs, boolean sync) {
        return switch (kind) {
            case VIDEO ->
                sync && jumped && video.hasBegun() && video.fits(video.unwrap(timestampMs), longestPauseMs, audio);
            case AUDIO -> audio.hasBegun() && !video.hasBegun() && audioJumps(audio.unwrap(timestampMs));
        };
    }

    private boolean audioJumps(long stampMs) {
        return !audio.fits(stampMs, FORWARD_ODD_MS, video)
                && audio.confirms(stampMs)
                && !audio.oddEndsGap(LONGEST_GAP_MS);
    }

    /// Decode time of a picture, in ticks of [Timescale#MPEG]; later than that of the picture before.
    ///
    /// @param timestampMs as on the wire, 0 to 2^32 - 1
    public long videoDts(long timestampMs) {
        if (!video.hasBegun()) {
            begin(video, audio, timestampMs);
            return picture(video.positionMs());
        }
        long stampMs = video.unwrap(timestampMs);
        if (!video.fits(stampMs, longestPauseMs, audio)) {
            repairs++;
            if (!video.confirms(stampMs)) {
                video.odd(stampMs);
                lastVideoDts = endOfVideo();
                return lastVideoDts;
            }
            if (!video.oddEndsGap(LONGEST_GAP_MS)) {
                jumped = true;
                video.jump(stampMs, Timescale.MPEG.convert(endOfVideo(), Timescale.MILLISECONDS), audio);
            }
        }
        measure(video.take(stampMs, audio));
        return picture(video.positionMs());
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
        if (!audio.hasBegun()) {
            begin(audio, video, timestampMs);
            return audioClock.begin(audio.positionMs(), samples);
        }
        long stampMs = audio.unwrap(timestampMs);
        if (!audio.fits(stampMs, FORWARD_ODD_MS, video)) {
            if (!audio.confirms(stampMs)) {
                audio.odd(stampMs);
                repairs++;
                return audioClock.next(samples);
            }
            if (!audio.oddEndsGap(LONGEST_GAP_MS)) {
                audio.jump(stampMs, audioClock.endMs(), video);
            }
        }
        long spacingMs = audio.take(stampMs, video);
        // After a gap audio that is back with the video, or a little before it, is no bad time stamp.
        long aheadMs = spacingMs > FORWARD_ODD_MS ? FORWARD_ODD_MS : 0;
        boolean vouchedFor = video.hasBegun() && audio.positionMs() <= video.positionMs() + aheadMs;
        return audioClock.next(audio.positionMs(), samples, vouchedFor);
    }

    /// Where a time stamp of another track of the same kind stands, in milliseconds of the broadcast; empty as long as
    /// nothing of this kind has come, and for a time stamp that is far from the last one.
    ///
    /// @param timestampMs as on the wire, 0 to 2^32 - 1
    public OptionalLong positionMs(MediaKind kind, long timestampMs) {
        StampRun run = switch (kind) {
            case VIDEO -> video;
            case AUDIO -> audio;
        };
        if (!run.hasBegun()) {
            return OptionalLong.empty();
        }
        long stampMs = run.unwrap(timestampMs);
        boolean near = Math.abs(stampMs - run.lastMs()) <= LONGEST_GAP_MS;
        return near ? OptionalLong.of(stampMs + run.offsetMs()) : OptionalLong.empty();
    }

    /// How long the last picture lasts if nothing follows, in ticks of [Timescale#MPEG]: as long as the one before.
    public long videoFrameTicks() {
        return videoFrameTicks;
    }

    /// How many time stamps were moved because they repeated, went back or were off, or because audio had drifted away.
    public long repairs() {
        return repairs + (audioClock == null ? 0 : audioClock.resynchronisations());
    }

    /// A track's first time stamp of a run: right after whatever was before, or as far from the other track as it says.
    private void begin(StampRun run, StampRun other, long timestampMs) {
        if (!other.hasBegun()) {
            run.begin(timestampMs, endMs());
            return;
        }
        long stampMs = other.unwrap(timestampMs);
        boolean apart = Math.abs(stampMs - other.lastMs()) > FARTHEST_APART_MS;
        run.begin(stampMs, apart ? other.positionMs() : stampMs + other.offsetMs());
    }

    /// Times only rise: one that does not follows right after.
    private long picture(long positionMs) {
        long dts = Timescale.MPEG.ofMillis(positionMs);
        if (lastVideoDts != NONE && dts <= lastVideoDts) {
            dts = lastVideoDts + 1;
            repairs++;
        }
        lastVideoDts = dts;
        return dts;
    }

    private void measure(long spacingMs) {
        if (spacingMs > 0 && spacingMs <= LONGEST_PICTURE_MS) {
            videoFrameTicks = Timescale.MPEG.ofMillis(spacingMs);
        }
        if (spacingMs > 0 && spacingMs <= LONGEST_GAP_MS) {
            longestPauseMs = Math.clamp(LONGEST_SPACINGS * spacingMs, FORWARD_ODD_MS, LONGEST_GAP_MS);
        }
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
