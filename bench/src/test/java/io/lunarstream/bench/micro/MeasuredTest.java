package io.lunarstream.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lunarstream.bench.host.BenchException;
import org.junit.jupiter.api.Test;

class MeasuredTest {
    private static final String REPORT = """
            [{
                "jmhVersion": "1.37",
                "benchmark": "io.lunarstream.bench.micro.Muxing.mpegTs",
                "mode": "thrpt",
                "primaryMetric": { "score": 500.0, "scoreError": "NaN", "scoreUnit": "ops/s" },
                "secondaryMetrics": {
                    "bytes": { "score": 1.0E9, "scoreUnit": "ops/s" },
                    "gc.alloc.rate": { "score": 17.0, "scoreUnit": "MB/sec" },
                    "gc.alloc.rate.norm": { "score": 56000.0, "scoreUnit": "B/op" },
                    "items": { "score": 300000.0, "scoreUnit": "ops/s" }
                }
            }]
            """;

    @Test
    void areRatesAndHeapByOperationAndByItem() {
        assertThat(Measured.parse(REPORT)).singleElement().satisfies(one -> {
            assertThat(one).isEqualTo(new Measured("Muxing.mpegTs", 1e9, 300_000, 56_000, 600));
            assertThat(one.allocatedBytesPerItem()).isCloseTo(93.3, within(0.1));
        });
    }

    @Test
    void areRefusedWithoutTheHeapProfiler() {
        assertThatThrownBy(() -> Measured.parse(REPORT.replace("gc.alloc.rate.norm", "gc.time")))
                .isInstanceOf(BenchException.class);
    }

    @Test
    void areRefusedIfThereAreNone() {
        assertThatThrownBy(() -> Measured.parse("[]"))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("nothing");
    }

    @Test
    void areRefusedIfTheReportIsBroken() {
        assertThatThrownBy(() -> Measured.parse("[{")).isInstanceOf(BenchException.class);
    }
}
