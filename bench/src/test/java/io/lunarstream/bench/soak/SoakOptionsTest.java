package io.lunarstream.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `./lunar soak` is told.
class SoakOptionsTest {
    private static final long DRAWN = 5;

    @Test
    void hoursMakeAPage() {
        SoakOptions options = parse("--hours", "2", "--seed", "9");
        assertThat(options.length()).isEqualTo(Duration.ofHours(2));
        assertThat(options.seed()).isEqualTo(9);
        assertThat(options.page()).isTrue();
    }

    @Test
    void minutesAreATrialByADrawnSeed() {
        SoakOptions options = parse("--minutes", "10");
        assertThat(options.length()).isEqualTo(Duration.ofMinutes(10));
        assertThat(options.seed()).isEqualTo(DRAWN);
        assertThat(options.page()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "--hours x, takes a number",
        "--hours 0, takes 1 to",
        "--hours, takes a number",
        "--days 1, unknown option",
        "--seed 1, says how long"
    })
    void refusesWhatMakesNoSense(String words, String why) {
        assertThatThrownBy(() -> parse(words.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static SoakOptions parse(String... words) {
        return SoakOptions.parse(List.of(words), DRAWN);
    }
}
