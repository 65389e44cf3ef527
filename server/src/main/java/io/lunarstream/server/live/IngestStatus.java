package io.lunarstream.server.live;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What comes in from a livestream's encoder, as last measured. An immutable snapshot.
///
/// @param connected whether a publisher is connected; false during the reconnect window
/// @param protocol `rtmp` or `rtmps`
/// @param videoCodec `h264`, `hevc`, `av1` or `vp9`; absent without a video track
/// @param audioCodec `aac`, `opus`, `flac` or `ac3`; absent without an audio track
/// @param width of the picture in pixels
/// @param height of the picture in pixels
/// @param frameRate pictures per second, measured
/// @param bitrateKbps kilobits per second of audio and video together, measured
/// @param keyframeInterval time between the last two keyframes
/// @param longestKeyframeInterval since the publisher connected
/// @param bFrames whether pictures come in another order than they are shown in
/// @param audioAheadMs how far the time stamps of audio are ahead of those of the video that arrives with it, in
///     milliseconds; negative if they are behind
/// @param timestampRepairs how many time stamps of the broadcast repeated, went back or drifted and were repaired
/// @param warnings what an operator of the encoder should mend
public record IngestStatus(
        boolean connected,
        String protocol,
        Optional<String> videoCodec,
        Optional<String> audioCodec,
        OptionalInt width,
        OptionalInt height,
        OptionalDouble frameRate,
        OptionalInt bitrateKbps,
        Optional<Duration> keyframeInterval,
        Optional<Duration> longestKeyframeInterval,
        boolean bFrames,
        OptionalInt audioAheadMs,
        long timestampRepairs,
        List<IngestWarning> warnings) {

    public IngestStatus {
        warnings = List.copyOf(warnings);
    }

    /// Whether the encoder's operator is warned of something.
    boolean warns(IngestWarning.Code code) {
        return warnings.stream().anyMatch(warning -> warning.code() == code);
    }
}
