package io.lunarstream.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CrowdsTest {
    private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - 1);
    private final IngestRefusals refusals = new IngestRefusals();
    private final Crowds crowds = new Crowds(refusals, nowNs::get);

    @Test
    void thousandsTakeOneLineOfTheLogAMinute() {
        assertThat(crowds.turnedAway("192.0.2.1")).isEqualTo(1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(crowds.turnedAway("192.0.2.2")).isZero();
        }

        nowNs.addAndGet(Crowds.BETWEEN_LINES.toNanos() - 1);
        assertThat(crowds.turnedAway("192.0.2.2")).isZero();

        nowNs.addAndGet(1);
        assertThat(crowds.turnedAway("192.0.2.2")).isEqualTo(1_002);
    }

    @Test
    void eachIsCounted() {
        long _ = crowds.turnedAway("192.0.2.1");
        long _ = crowds.turnedAway("192.0.2.1");

        assertThat(refusals.crowded()).isEqualTo(2);
    }
}
