package io.lunarstream.server.live;

import io.lunarstream.server.live.IngestWarning.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// What an operator of an encoder should mend, in words.
final class IngestWarnings {

    /// Beyond this, players start slowly and segments get long.
    private static final Duration LONG_KEYFRAME_INTERVAL = Duration.ofSeconds(4);

    /// What happens now and then is warned of for as long as it takes to look.
    private static final long SHOWN_MS = 30_000;

    /// Players keep about this much of one track while they wait for the other.
    private static final int FAR_APART_MS = 1_000;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private Optional<String> leftOut = Optional.empty();
    private boolean furtherTracks;
    private long repairedMs = NEVER;
    private long droppedMs = NEVER;

    /// Notes a track that is left out because of its codec.
    ///
    /// @param track its codec and kind
    void leftOut(String track) {
        leftOut = Optional.of(track);
    }

    /// Notes that tracks are left out because there are too many of their kind.
    ///
    /// @return whether that is new
    boolean furtherTrackLeftOut() {
        boolean isNew = !furtherTracks;
        furtherTracks = true;
        return isNew;
    }

    void repaired(long nowMs) {
        repairedMs = nowMs;
    }

    void dropped(long nowMs) {
        droppedMs = nowMs;
    }

    /// What there is to mend now.
    ///
    /// @param nowMs the clock that the other methods were told
    /// @param keyframeInterval the last, or what has passed since then if that is longer
    /// @param audioAheadMs how far audio is ahead of video, in milliseconds
    List<IngestWarning> now(long nowMs, Optional<Duration> keyframeInterval, OptionalInt audioAheadMs) {
        List<IngestWarning> warnings = new ArrayList<>();
        leftOut.ifPresent(track -> warnings.add(
                new IngestWarning(Code.UNSUPPORTED_CODEC, track + " is not supported and left out; set AAC audio")));
        if (furtherTracks) {
            warnings.add(new IngestWarning(
                    Code.FURTHER_TRACKS_LEFT_OUT,
                    "more than 10 tracks of one kind are sent, and those beyond are left out; send fewer"));
        }
        keyframeInterval
                .filter(interval -> interval.compareTo(LONG_KEYFRAME_INTERVAL) > 0)
                .ifPresent(interval -> warnings.add(longKeyframeInterval(interval)));
        if (nowMs - droppedMs < SHOWN_MS) {
            warnings.add(new IngestWarning(
                    Code.FRAMES_DROPPED,
                    "pictures came before a keyframe or without a codec configuration and were dropped; set a keyframe"
                            + " interval of 2 s"));
        }
        if (nowMs - repairedMs < SHOWN_MS) {
            warnings.add(new IngestWarning(
                    Code.TIMESTAMPS_REPAIRED,
                    "time stamps repeat, go back or drift and were repaired; update the encoder, or set a constant"
                            + " frame rate"));
        }
        audioAheadMs.stream()
                .filter(ahead -> Math.abs(ahead) > FAR_APART_MS)
                .forEach(ahead -> warnings.add(farApart(ahead)));
        return warnings;
    }

    private static IngestWarning longKeyframeInterval(Duration interval) {
        return new IngestWarning(
                Code.KEYFRAME_INTERVAL_LONG,
                "keyframe interval " + seconds(interval.toMillis()) + ": players will start slowly; set 2 s");
    }

    private static IngestWarning farApart(int audioAheadMs) {
        return new IngestWarning(
                Code.AUDIO_VIDEO_APART,
                "audio comes " + seconds(Math.abs(audioAheadMs)) + (audioAheadMs > 0 ? " ahead of" : " behind")
                        + " video: players may stall; set the encoder's audio delay to 0");
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f s", ms / 1_000.0);
    }
}
