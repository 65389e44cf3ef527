package io.lunarstream.server.live;

import io.lunarstream.hls.Frame;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/// Measures what one publisher sends: bit rate and frame rate once a second, and its keyframe interval.
final class IngestMeter {

    /// How often rates are measured.
    private static final long PERIOD_MS = 1_000;

    /// Beyond this, players start slowly and segments get long.
    private static final Duration LONG_KEYFRAME_INTERVAL = Duration.ofSeconds(4);

    /// Pictures further apart than this are not one run of time stamps: the encoder's clock has jumped.
    private static final int LONGEST_STEP_MS = 3_000;

    private static final long UNKNOWN = -1;

    private Optional<Codec.Video> video = Optional.empty();
    private Optional<Codec.Audio> audio = Optional.empty();
    private Optional<IngestWarning> leftOut = Optional.empty();
    private boolean furtherTrackLeftOut;
    private long periodStartMs = UNKNOWN;
    private long bytes;
    private int pictures;
    private OptionalDouble frameRate = OptionalDouble.empty();
    private OptionalInt bitrateKbps = OptionalInt.empty();
    private long lastPictureMs = UNKNOWN;
    private long lastKeyframeMs = UNKNOWN;
    private long keyframeIntervalMs = UNKNOWN;
    private long longestKeyframeIntervalMs = UNKNOWN;

    /// Notes a codec configuration.
    void configuration(Codec codec) {
        switch (codec) {
            case Codec.Video pictures -> video = Optional.of(pictures);
            case Codec.Audio sound -> audio = Optional.of(sound);
        }
    }

    /// Notes a track that is left out, because its codec is not supported.
    void leftOut(MediaKind kind, String codec) {
        leftOut = Optional.of(new IngestWarning(
                "UNSUPPORTED_CODEC",
                codec + " " + kind.name().toLowerCase(Locale.ROOT) + " is not supported and left out; set AAC audio"));
    }

    /// Notes a track that is left out, because it is not the first of its kind.
    ///
    /// @return whether there is something new to tell
    boolean furtherTrackLeftOut() {
        boolean isNew = !furtherTrackLeftOut;
        furtherTrackLeftOut = true;
        return isNew;
    }

    /// Notes a frame.
    ///
    /// @return whether there is something new to tell
    boolean frame(Frame frame) {
        bytes += frame.data().readableBytes();
        if (frame.kind() == MediaKind.VIDEO) {
            picture(frame);
        }
        if (periodStartMs == UNKNOWN || frame.arrivalMs() < periodStartMs) {
            periodStartMs = frame.arrivalMs();
        }
        long elapsedMs = frame.arrivalMs() - periodStartMs;
        if (elapsedMs < PERIOD_MS) {
            return false;
        }
        measure(elapsedMs);
        periodStartMs = frame.arrivalMs();
        return true;
    }

    /// The longest time between two keyframes so far.
    Optional<Duration> longestKeyframeInterval() {
        return duration(longestKeyframeIntervalMs);
    }

    /// What is known now.
    ///
    /// @param connected whether the publisher is
    IngestStatus status(boolean connected) {
        return new IngestStatus(
                connected,
                "rtmp",
                video.map(Codec::word),
                audio.map(Codec::word),
                size(Codec.Video::width),
                size(Codec.Video::height),
                frameRate,
                bitrateKbps,
                duration(keyframeIntervalMs),
                warnings());
    }

    private void picture(Frame frame) {
        pictures++;
        int stepMs = (int) (frame.timestampMs() - lastPictureMs);
        if (lastPictureMs != UNKNOWN && (stepMs < 0 || stepMs > LONGEST_STEP_MS)) {
            lastKeyframeMs = UNKNOWN;
        }
        lastPictureMs = frame.timestampMs();
        if (frame.sync()) {
            keyframe(frame.timestampMs());
        }
    }

    private void keyframe(long timestampMs) {
        if (lastKeyframeMs != UNKNOWN) {
            keyframeIntervalMs = (timestampMs - lastKeyframeMs) & 0xFFFF_FFFFL;
            longestKeyframeIntervalMs = Math.max(longestKeyframeIntervalMs, keyframeIntervalMs);
        }
        lastKeyframeMs = timestampMs;
    }

    private void measure(long elapsedMs) {
        bitrateKbps = OptionalInt.of((int) (bytes * 8 / elapsedMs));
        frameRate = video.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.round(pictures * 10_000.0 / elapsedMs) / 10.0);
        bytes = 0;
        pictures = 0;
    }

    private List<IngestWarning> warnings() {
        List<IngestWarning> warnings = new ArrayList<>();
        leftOut.ifPresent(warnings::add);
        if (furtherTrackLeftOut) {
            warnings.add(new IngestWarning(
                    "FURTHER_TRACKS_LEFT_OUT",
                    "only the default video and audio track is played; switch multitrack off"));
        }
        duration(keyframeIntervalMs)
                .filter(interval -> interval.compareTo(LONG_KEYFRAME_INTERVAL) > 0)
                .ifPresent(interval -> warnings.add(new IngestWarning(
                        "KEYFRAME_INTERVAL_LONG",
                        String.format(
                                Locale.ROOT,
                                "keyframe interval %.1f s: players will start slowly; set 2 s",
                                interval.toMillis() / 1_000.0))));
        return warnings;
    }

    private OptionalInt size(ToIntFunction<Codec.Video> dimension) {
        return video.map(codec -> OptionalInt.of(dimension.applyAsInt(codec))).orElse(OptionalInt.empty());
    }

    private static Optional<Duration> duration(long ms) {
        return ms == UNKNOWN ? Optional.empty() : Optional.of(Duration.ofMillis(ms));
    }
}
