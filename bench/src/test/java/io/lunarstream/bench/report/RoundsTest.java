package io.lunarstream.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RoundsTest {

    @Test
    void ofAnOddNumberHaveTheMiddleOneAsMedian() {
        assertThat(rounds(9, 1, 5).median()).hasValue(5);
    }

    @Test
    void ofAnEvenNumberHaveTheMeanOfTheMiddleTwo() {
        assertThat(rounds(9, 1, 5, 6).median()).hasValue(5.5);
    }

    @Test
    void thatAllFailedHaveNoMedian() {
        assertThat(rounds().median()).isEmpty();
    }

    private static Rounds rounds(double... values) {
        Rounds rounds = new Rounds();
        DoubleStream.of(values).forEach(rounds::add);
        return rounds;
    }
}
