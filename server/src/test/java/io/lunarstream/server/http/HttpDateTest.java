package io.lunarstream.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HttpDateTest {
    private final HttpDate date = new HttpDate();

    @Test
    void writesDaysWithTwoDigits() {
        assertThat(date.at(Instant.parse("1994-11-06T08:49:37.500Z"))).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Test
    void followsTheClock() {
        assertThat(date.at(Instant.parse("2026-11-22T23:59:59.999Z"))).isEqualTo("Sun, 22 Nov 2026 23:59:59 GMT");
        assertThat(date.at(Instant.parse("2026-11-23T00:00:00Z"))).isEqualTo("Mon, 23 Nov 2026 00:00:00 GMT");
    }
}
