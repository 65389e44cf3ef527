package io.lunarstream.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RareLineTest {
    private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - 1);
    private final RareLine line = new RareLine(nowNs::get);

    @Test
    void thousandsAreToldOfOnceAMinute() {
        assertThat(line.happened()).isEqualTo(1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(line.happened()).isZero();
        }

        nowNs.addAndGet(RareLine.INTERVAL.toNanos() - 1);
        assertThat(line.happened()).isZero();

        nowNs.addAndGet(1);
        assertThat(line.happened()).isEqualTo(1_002);
    }
}
