package io.lunarstream.server.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacerTest {
    /// Near the end of the clock's range, where it wraps around.
    private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - 1_000);

    private final Pacer pacer = new Pacer(nowNs::get);

    @Test
    void theFirstTimeStampIsDueAtOnceAndOthersAsMuchLaterAsTheyAreHigher() {
        assertThat(pacer.nanosUntil(700)).isZero();
        assertThat(pacer.nanosUntil(740)).isEqualTo(40_000_000);
        pass(30);
        assertThat(pacer.nanosUntil(740)).isEqualTo(10_000_000);
        assertThat(pacer.nanosUntil(690)).isEqualTo(-40_000_000);
    }

    @Test
    void beingLateDoesNotAddUp() {
        pacer.nanosUntil(0);
        for (int frame = 1; frame <= 100_000; frame++) {
            long delayNs = pacer.nanosUntil(frame * 20L);
            nowNs.addAndGet(delayNs + /* late by, ns= */ 700_000);
        }
        assertThat(pacer.nanosUntil(100_000 * 20L)).isEqualTo(-700_000);
    }

    private void pass(long millis) {
        nowNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
