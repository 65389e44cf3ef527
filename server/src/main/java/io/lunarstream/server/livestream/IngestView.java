package io.lunarstream.server.livestream;

import io.lunarstream.server.live.IngestStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What comes in from a livestream's encoder, as the API shows it. Source: the Partner API, partner endpoints.
///
/// @param bitrateKbps kilobits per second of audio and video together
/// @param audioAheadMs milliseconds that audio is ahead of video
public record IngestView(
        boolean connected,
        String protocol,
        Optional<String> videoCodec,
        Optional<String> audioCodec,
        Optional<Integer> width,
        Optional<Integer> height,
        Optional<Double> frameRate,
        Optional<Integer> bitrateKbps,
        Optional<Double> keyframeIntervalSeconds,
        Optional<Double> longestKeyframeIntervalSeconds,
        boolean bFrames,
        Optional<Integer> audioAheadMs,
        long timestampRepairs,
        List<WarningView> warnings) {
    private static final double MILLIS_PER_SECOND = 1000;

    public IngestView {
        warnings = List.copyOf(warnings);
    }

    /// Something about the encoder that should be mended.
    public record WarningView(String code, String message) {}

    /// As the media plane has measured it.
    public static IngestView of(IngestStatus status) {
        return new IngestView(
                status.connected(),
                status.protocol(),
                status.videoCodec(),
                status.audioCodec(),
                boxed(status.width()),
                boxed(status.height()),
                status.frameRate().isPresent() ? Optional.of(status.frameRate().getAsDouble()) : Optional.empty(),
                boxed(status.bitrateKbps()),
                status.keyframeInterval().map(IngestView::seconds),
                status.longestKeyframeInterval().map(IngestView::seconds),
                status.bFrames(),
                boxed(status.audioAheadMs()),
                status.timestampRepairs(),
                status.warnings().stream()
                        .map(warning -> new WarningView(warning.code().name(), warning.message()))
                        .toList());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS_PER_SECOND;
    }

    private static Optional<Integer> boxed(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }
}
