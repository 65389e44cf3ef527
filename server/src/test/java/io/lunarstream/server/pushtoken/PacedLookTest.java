package io.lunarstream.server.pushtoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PacedLookTest {
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void whoeverAsksAfterALookGetsANewOneAfterAPause() {
        PacedLook look = new PacedLook(looks::incrementAndGet);
        look.await();
        long startNs = System.nanoTime();
        look.await();
        look.await();
        assertThat(looks).hasValue(3);
        assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isGreaterThan(PacedLook.PAUSE);
    }

    @Test
    void oneLookIsEnoughForAllWhoWaitForIt() throws Exception {
        PacedLook look = new PacedLook(looks::incrementAndGet);
        long startNs = System.nanoTime();
        try (ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> asked = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                asked.add(strangers.submit(look::await));
            }
            for (Future<?> one : asked) {
                one.get();
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - startNs);
        assertThat(looks.get()).isBetween(1, 1 + (int) took.dividedBy(PacedLook.PAUSE));
    }

    @Test
    void aLookThatFailsIsToldToAllWhoWaitForItAndTheNextOneIsTried() {
        PacedLook look = new PacedLook(() -> {
            if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
            }
        });
        assertThatThrownBy(look::await).hasMessage("away");
        look.await();
        assertThat(looks).hasValue(2);
    }
}
