package io.lunarstream.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TimescaleTest {
    private static final Timescale AUDIO_44100 = new Timescale(44_100);

    @Test
    void convertsExactlyWhereItCan() {
        assertThat(Timescale.MILLISECONDS.convert(33, Timescale.MPEG)).isEqualTo(2_970);
    }

    @Test
    void roundsToTheNearestTick() {
        assertThat(AUDIO_44100.convert(1_024, Timescale.MPEG)).isEqualTo(2_090);
        assertThat(Timescale.MPEG.convert(45, Timescale.MILLISECONDS)).isEqualTo(1);
        assertThat(Timescale.MPEG.convert(44, Timescale.MILLISECONDS)).isEqualTo(0);
        assertThat(Timescale.MPEG.convert(-45, Timescale.MILLISECONDS)).isEqualTo(-1);
    }

    @Test
    void doesNotOverflowAfterYears() {
        long tenYearsMs = 10L * 365 * 24 * 3_600 * 1_000;
        assertThat(Timescale.MILLISECONDS.convert(tenYearsMs, Timescale.MPEG)).isEqualTo(tenYearsMs * 90);
    }

    @Test
    void refusesATimescaleOfZero() {
        assertThatThrownBy(() -> new Timescale(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
