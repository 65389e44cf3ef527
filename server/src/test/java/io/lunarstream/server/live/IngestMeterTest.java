package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.hls.Frame;
import io.lunarstream.media.MediaKind;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IngestMeterTest {
    private static final long CLOCK_MS = 1_000_000_000_000L;

    private final IngestMeter meter = new IngestMeter();

    @Test
    void measuresTheIntervalOfKeyframes() {
        send(0, 6_000, 2_000);
        assertThat(meter.longestKeyframeInterval()).contains(Duration.ofSeconds(2));
    }

    @Test
    void measuresThroughTheWrapOfTimeStamps() {
        send((1L << 32) - 3_000, 6_000, 2_000);
        assertThat(meter.longestKeyframeInterval()).contains(Duration.ofSeconds(2));
    }

    @Test
    void takesAJumpBackOfTimeStampsForNoInterval() {
        send(1_000_000, 6_000, 2_000);
        send(0, 6_000, 2_000);
        assertThat(meter.longestKeyframeInterval()).contains(Duration.ofSeconds(2));
        assertThat(meter.status(true).warnings()).isEmpty();
    }

    @Test
    void takesAJumpAheadOfTimeStampsForNoInterval() {
        send(0, 6_000, 2_000);
        send(1_000_000, 6_000, 2_000);
        assertThat(meter.longestKeyframeInterval()).contains(Duration.ofSeconds(2));
    }

    @Test
    void warnsOfALongInterval() {
        send(0, 20_000, 8_320);
        assertThat(meter.status(true).warnings())
                .containsExactly(new IngestWarning(
                        "KEYFRAME_INTERVAL_LONG", "keyframe interval 8.3 s: players will start slowly; set 2 s"));
    }

    @Test
    void measuresOnAfterTheClockWasSetBack() {
        meter.frame(picture(0, true, CLOCK_MS));
        meter.frame(picture(40, false, CLOCK_MS - 3_600_000));
        assertThat(meter.frame(picture(1_080, false, CLOCK_MS - 3_598_960))).isTrue();
    }

    private void send(long fromMs, int lengthMs, int keyframeIntervalMs) {
        for (int ms = 0; ms < lengthMs; ms += 40) {
            meter.frame(picture((fromMs + ms) & 0xFFFF_FFFFL, ms % keyframeIntervalMs == 0, CLOCK_MS + ms));
        }
    }

    private static Frame picture(long timestampMs, boolean sync, long arrivalMs) {
        return new Frame(MediaKind.VIDEO, timestampMs, 0, sync, Unpooled.EMPTY_BUFFER, arrivalMs);
    }
}
