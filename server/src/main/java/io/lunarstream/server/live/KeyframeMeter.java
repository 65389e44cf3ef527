package io.lunarstream.server.live;

import io.lunarstream.hls.Frame;
import java.time.Duration;
import java.util.Optional;

/// Measures how often keyframes come.
final class KeyframeMeter {

    /// Pictures further apart than this are not one run of time stamps: the encoder's clock has jumped.
    private static final int LONGEST_STEP_MS = 3_000;

    private static final long UNKNOWN = -1;

    private long lastPictureMs = UNKNOWN;
    private long lastKeyframeMs = UNKNOWN;
    private long intervalMs = UNKNOWN;
    private long longestMs = UNKNOWN;

    /// Notes a picture.
    void picture(Frame frame) {
        long timestampMs = frame.timestampMs();
        int stepMs = (int) (timestampMs - lastPictureMs);
        if (lastPictureMs != UNKNOWN && (stepMs < 0 || stepMs > LONGEST_STEP_MS)) {
            lastKeyframeMs = UNKNOWN;
        }
        lastPictureMs = timestampMs;
        if (frame.sync()) {
            if (lastKeyframeMs != UNKNOWN) {
                intervalMs = sinceLastMs();
                longestMs = Math.max(longestMs, intervalMs);
            }
            lastKeyframeMs = timestampMs;
        }
    }

    /// Between the last two keyframes.
    Optional<Duration> interval() {
        return duration(intervalMs);
    }

    /// The longest so far.
    Optional<Duration> longest() {
        return duration(longestMs);
    }

    /// The last interval, or what has passed since then if that is longer.
    Optional<Duration> current() {
        return duration(Math.max(intervalMs, lastKeyframeMs == UNKNOWN ? UNKNOWN : sinceLastMs()));
    }

    private long sinceLastMs() {
        return (lastPictureMs - lastKeyframeMs) & 0xFFFF_FFFFL;
    }

    private static Optional<Duration> duration(long ms) {
        return ms == UNKNOWN ? Optional.empty() : Optional.of(Duration.ofMillis(ms));
    }
}
