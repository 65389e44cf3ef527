package io.lunarstream.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0.13651, 0.137",
        "1.2, 1.20",
        "99.94, 99.9",
        "1234.5, 1235",
        "0, 0",
        "0.000123, 0.000123",
        "163000, 163000"
    })
    void haveThreeSignificantDigits(double value, String text) {
        assertThat(Numbers.text(value)).isEqualTo(text);
    }

    @Test
    void thatAreNotThereAreADash() {
        assertThat(Numbers.text(OptionalDouble.empty())).isEqualTo("–");
    }

    @Test
    void areComparedByDivision() {
        assertThat(Numbers.ratio(OptionalDouble.of(3), OptionalDouble.of(2))).isEqualTo("1.50 ×");
    }

    @Test
    void areNotComparedWithNothing() {
        assertThat(Numbers.ratio(OptionalDouble.of(3), OptionalDouble.empty())).isEqualTo("–");
        assertThat(Numbers.ratio(OptionalDouble.of(3), OptionalDouble.of(0))).isEqualTo("–");
    }
}
