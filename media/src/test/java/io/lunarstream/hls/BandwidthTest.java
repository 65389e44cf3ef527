package io.lunarstream.hls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 8216, section 4.1: the peak segment bit rate is that of segments in a row that last 0.5 to 1.5 target durations.
class BandwidthTest {
    private static final int TARGET_DURATION_SECONDS = 4;

    private Bandwidth bandwidth = Bandwidth.NONE;

    @Test
    void announcesAQuarterMoreThanThePeak() {
        add(4_000, 500_000);
        assertThat(bandwidth.announced()).isEqualTo(1_250_000);
        assertThat(bandwidth.average()).isEqualTo(1_000_000);
    }

    @Test
    void neverAnnouncesLess() {
        add(4_000, 500_000);
        add(4_000, 1_000);
        assertThat(bandwidth.announced()).isEqualTo(1_250_000);
        assertThat(bandwidth.average()).isEqualTo(501_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_000})
    void takesATinyFirstSegmentForNoPeak(int ms) {
        add(ms, 100_000);
        assertThat(bandwidth.announced()).isEqualTo(400_000 * 5 / 4);
        assertThat(bandwidth.average()).isEqualTo(400_000);
        add(4_000, 500_000);
        assertThat(bandwidth.announced()).isBetween(1_190_000L, 1_500_000L);
    }

    @Test
    void countsATinySegmentTogetherWithItsNeighbours() {
        add(4_000, 500_000);
        add(100, 100_000);
        assertThat(bandwidth.announced()).isEqualTo(Math.round(600_000 * 8 / 4.1) * 5 / 4);
        add(100, 500_000);
        assertThat(bandwidth.announced()).isEqualTo(Math.round(1_100_000 * 8 / 4.2 * 1.25));
    }

    @Test
    void countsNoSegmentsTogetherThatAreLongerThanOneAndAHalfTargetDurations() {
        add(3_000, 300_000);
        add(500, 500_000);
        assertThat(bandwidth.announced()).isEqualTo(Math.round(800_000 * 8 / 3.5 * 1.25));
        add(4_000, 500_000);
        add(2_000, 500_000);
        assertThat(bandwidth.announced()).isEqualTo(Math.round(500_000 * 8 / 2.0 * 1.25));
    }

    @Test
    void averagesOverAllSegments() {
        for (int i = 0; i < 100; i++) {
            add(2_000, i % 2 == 0 ? 500_000 : 100_000);
        }
        assertThat(bandwidth.average()).isEqualTo(1_200_000);
        assertThat(bandwidth.announced()).isEqualTo(2_500_000);
    }

    private void add(int ms, long bytes) {
        bandwidth = bandwidth.plus(bytes, ms * 90L, TARGET_DURATION_SECONDS);
    }
}
