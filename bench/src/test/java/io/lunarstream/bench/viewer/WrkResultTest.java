package io.lunarstream.bench.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lunarstream.bench.host.BenchException;
import org.junit.jupiter.api.Test;

class WrkResultTest {
    private static final String OUTPUT = """
            Running 10s test @ http://127.0.0.1:8080/live/a/1.ts
              1 threads and 50 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     6.34ms    1.20ms  21.00ms   90.11%
                Req/Sec     7.91k   310.00     8.40k    71.00%
              Latency Distribution
                 50%  950.00us
                 75%    6.80ms
                 90%    7.51ms
                 99%    1.05s
              78720 requests in 10.01s, 39.50GB read
            Requests/sec:   7864.13
            Transfer/sec:      3.95GB
            """;

    @Test
    void readsRequestsAndBytes() {
        WrkResult result = WrkResult.parse(OUTPUT);
        assertThat(result.requests()).isEqualTo(78_720);
        assertThat(result.perSecond()).isCloseTo(7864.13, within(1.0));
        assertThat(result.gigabytes()).isCloseTo(42.4, within(0.1));
        assertThat(result.failed()).isZero();
    }

    @Test
    void readsTimesOfAnyUnitAsMilliseconds() {
        WrkResult result = WrkResult.parse(OUTPUT);
        assertThat(result.p50Ms()).isCloseTo(0.95, within(1e-9));
        assertThat(result.p99Ms()).isCloseTo(1050, within(1e-6));
    }

    @Test
    void countsErrorsAndAnswersThatAreNoSuccess() {
        WrkResult result = WrkResult.parse(OUTPUT + """
                  Socket errors: connect 1, read 2, write 0, timeout 4
                  Non-2xx or 3xx responses: 10
                """);
        assertThat(result.failed()).isEqualTo(17);
    }

    @Test
    void refusesWhatIsNoResult() {
        assertThatThrownBy(() -> WrkResult.parse("unable to connect to 127.0.0.1:1"))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("unable to connect");
    }
}
