package io.lunarstream.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.soak.Reading.Quantity;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/// Whether a trend is told from chance.
class GrowthTest {
    private static final int READINGS = 60;

    @Test
    void aLeakIsGrowth() {
        assertThat(isGrown(minute -> 30 + minute)).isTrue();
    }

    @Test
    void upAndDownIsNoGrowth() {
        assertThat(isGrown(minute -> 30 + 5 * Math.sin(minute))).isFalse();
    }

    @Test
    void someBusyMomentsAtTheEndAreNoGrowth() {
        assertThat(isGrown(minute -> minute > 55 ? 500 : 30)).isFalse();
    }

    @Test
    void whatGrowsAtTheBeginningIsNoGrowth() {
        assertThat(isGrown(minute -> Math.min(100, 20 * minute))).isFalse();
    }

    @Test
    void aShortRunTellsNothing() {
        assertThat(grown(10, minute -> 30 + minute).verdict(Quantity.HEAP)).isEmpty();
    }

    @Test
    void readingsAreNoMoreThanAMinuteApart() {
        assertThat(Growth.interval(Duration.ofHours(5))).isEqualTo(Duration.ofMinutes(1));
        assertThat(Growth.interval(Duration.ofMinutes(10))).isEqualTo(Duration.ofSeconds(30));
    }

    private static boolean isGrown(IntToDoubleFunction heap) {
        return grown(READINGS, heap).verdict(Quantity.HEAP).orElseThrow().grown();
    }

    private static Growth grown(int minutes, IntToDoubleFunction heap) {
        Growth growth = new Growth();
        for (int minute = 0; minute < minutes; minute++) {
            growth.add(new Reading(Duration.ofMinutes(minute), Map.of(Quantity.HEAP, heap.applyAsDouble(minute))));
        }
        return growth;
    }
}
