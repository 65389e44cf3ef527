package io.lunarstream.bench.host;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waiting that ends.
public final class Deadline {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private Deadline() {}

    /// Waits until something holds.
    ///
    /// @param what for the message, such as `nginx to listen`
    /// @throws BenchException if it does not hold in time
    public static void await(String what, Duration atMost, BooleanSupplier holds) throws InterruptedException {
        long startNs = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - startNs > atMost.toNanos()) {
                throw new BenchException("waited " + atMost.toSeconds() + " s in vain for " + what);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }
}
