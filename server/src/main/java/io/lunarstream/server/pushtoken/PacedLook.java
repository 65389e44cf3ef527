package io.lunarstream.server.pushtoken;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for something new when somebody misses it, once for all who miss something meanwhile, and not more often
/// than ten times a second: strangers can miss what never was. Whoever asks knows then what was there when he asked.
final class PacedLook {
    private static final Logger LOG = LoggerFactory.getLogger(PacedLook.class);

    /// An encoder does not notice this delay, and no database such a number of looks.
    static final Duration PAUSE = Duration.ofMillis(100);

    private final Runnable look;
    private long beganNs = System.nanoTime() - PAUSE.toNanos();
    private Optional<RuntimeException> failure = Optional.empty();

    PacedLook(Runnable look) {
        this.look = look;
    }

    /// Returns when a look has ended that has begun after this call; throws what it has thrown.
    void await() {
        await(System.nanoTime());
    }

    private synchronized void await(long askedNs) {
        if (beganNs - askedNs < 0) {
            pause();
            lookNow();
        }
        failure.ifPresent(thrown -> {
            throw thrown;
        });
    }

    private void pause() {
        try {
            Thread.sleep(Duration.ofNanos(beganNs + PAUSE.toNanos() - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.debug("looks without a pause, because it is to end");
        }
    }

    private void lookNow() {
        beganNs = System.nanoTime();
        try {
            look.run();
            failure = Optional.empty();
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }
}
