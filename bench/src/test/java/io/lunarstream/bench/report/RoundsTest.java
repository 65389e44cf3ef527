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

    @Test
    void haveATenthAboveTheNinthDecile() {
        assertThat(rounds(10, 9, 8, 7, 6, 5, 4, 3, 2, 1).ninthDecile()).hasValue(9);
        assertThat(rounds(3, 1, 2).ninthDecile()).hasValue(3);
        assertThat(rounds().ninthDecile()).isEmpty();
    }

    private static Rounds rounds(double... values) {
        Rounds rounds = new Rounds();
        DoubleStream.of(values).forEach(rounds::add);
        return rounds;
    }
}
