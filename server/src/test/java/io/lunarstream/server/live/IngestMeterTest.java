package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.hls.Frame;
import io.lunarstream.media.TrackKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestMeterTest {
    private static final long CLOCK_MS = 1_000_000_000_000L;

    private final IngestMeter meter = new IngestMeter(new IngestTotals());

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
                        IngestWarning.Code.KEYFRAME_INTERVAL_LONG,
                        "keyframe interval 8.3 s: players will start slowly; set 2 s"));
    }

    @Test
    void measuresOnAfterTheClockWasSetBack() {
        meter.frame(picture(0, true, CLOCK_MS));
        meter.frame(picture(40, false, CLOCK_MS - 3_600_000));
        assertThat(meter.frame(picture(1_080, false, CLOCK_MS - 3_598_960))).isTrue();
    }

    @Test
    void warnsWhileKeyframesStayAway() {
        send(0, 2_000, 1_000);
        assertThat(codes()).isEmpty();
        for (int ms = 2_000; ms < 8_000; ms += 40) {
            meter.frame(picture(ms, false, CLOCK_MS + ms));
        }
        assertThat(codes()).containsExactly(IngestWarning.Code.KEYFRAME_INTERVAL_LONG);
        assertThat(meter.status(true).keyframeInterval()).contains(Duration.ofSeconds(1));
    }

    @Test
    void tellsOfBFrames() {
        send(0, 2_000, 1_000);
        assertThat(meter.status(true).bFrames()).isFalse();
        meter.frame(new Frame(TrackKey.VIDEO, 2_000, 80, false, Unpooled.EMPTY_BUFFER, CLOCK_MS));
        assertThat(meter.status(true).bFrames()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 500, -900})
    void measuresHowFarAudioIsAheadOfVideo(int aheadMs) {
        sendBoth(aheadMs);
        assertThat(meter.status(true).audioAheadMs()).hasValue(aheadMs);
        assertThat(codes()).isEmpty();
    }

    @Test
    void warnsOfAudioThatIsFarAheadOrBehind() {
        sendBoth(1_500);
        assertThat(meter.status(true).warnings())
                .containsExactly(new IngestWarning(
                        IngestWarning.Code.AUDIO_VIDEO_APART,
                        "audio comes 1.5 s ahead of video: players may stall; set the encoder's audio delay to 0"));
        sendBoth(-2_500);
        assertThat(meter.status(true).warnings().getFirst().message()).startsWith("audio comes 2.5 s behind video:");
    }

    @Test
    void warnsOfRepairsAndDroppedFramesForAWhile() {
        send(0, 1_000, 1_000);
        meter.packaged(3, 2);
        send(1_000, 1_000, 1_000);
        meter.packaged(3, 2);
        assertThat(codes()).containsExactly(IngestWarning.Code.FRAMES_DROPPED, IngestWarning.Code.TIMESTAMPS_REPAIRED);
        assertThat(meter.status(true).timestampRepairs()).isEqualTo(3);
        meter.frame(picture(40_000, true, CLOCK_MS + 40_000));
        assertThat(codes()).isEmpty();
        assertThat(meter.status(true).timestampRepairs()).isEqualTo(3);
    }

    @Test
    void doesNotWarnOfARepairNowAndThen() {
        for (int second = 1; second < 10; second++) {
            send(second * 1_000L, 1_000, 1_000);
            meter.packaged(second, 0);
        }
        assertThat(codes()).isEmpty();
        assertThat(meter.status(true).timestampRepairs()).isEqualTo(9);
    }

    @Test
    void doesNotBlameAPublisherForTheOneBefore() {
        meter.goOnFrom(5, 7);
        send(0, 1_040, 1_000);
        meter.packaged(5, 7);
        assertThat(codes()).isEmpty();
        assertThat(meter.status(true).timestampRepairs()).isEqualTo(5);
    }

    @Test
    void addsToTheTotalsOfAllPublishers() {
        IngestTotals totals = new IngestTotals();
        IngestMeter counted = new IngestMeter(totals);
        ByteBuf bytes = Unpooled.wrappedBuffer(new byte[100]);
        for (int ms = 0; ms <= 1_000; ms += 40) {
            counted.frame(new Frame(TrackKey.VIDEO, ms, 0, ms == 0, bytes, CLOCK_MS + ms));
        }
        counted.packaged(3, 4);
        assertThat(totals.pictures()).isEqualTo(26);
        assertThat(totals.bytes()).isEqualTo(2_600);
        assertThat(totals.repairs()).isEqualTo(3);
        assertThat(totals.dropped()).isEqualTo(4);
    }

    private List<IngestWarning.Code> codes() {
        return meter.status(true).warnings().stream().map(IngestWarning::code).toList();
    }

    private void sendBoth(int audioAheadMs) {
        for (int ms = 3_000; ms <= 4_000; ms += 40) {
            meter.frame(picture(ms, ms == 3_000, CLOCK_MS + ms));
            meter.frame(new Frame(TrackKey.AUDIO, ms + audioAheadMs, 0, true, Unpooled.EMPTY_BUFFER, CLOCK_MS + ms));
        }
    }

    private void send(long fromMs, int lengthMs, int keyframeIntervalMs) {
        for (int ms = 0; ms < lengthMs; ms += 40) {
            meter.frame(picture((fromMs + ms) & 0xFFFF_FFFFL, ms % keyframeIntervalMs == 0, CLOCK_MS + ms));
        }
    }

    private static Frame picture(long timestampMs, boolean sync, long arrivalMs) {
        return new Frame(TrackKey.VIDEO, timestampMs, 0, sync, Unpooled.EMPTY_BUFFER, arrivalMs);
    }
}
