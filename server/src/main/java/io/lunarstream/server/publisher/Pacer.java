package io.lunarstream.server.publisher;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Says when a time stamp is due. The first one is due at once, the others as much later as they are higher.
///
/// Every due time is reckoned from the first, so being late now and then does not add up.
final class Pacer {
    private final LongSupplier nanoTime;
    private boolean started;
    private long startNs;
    private long startTimestampMs;

    /// @param nanoTime a clock that is never set, in nanoseconds from anywhere: `System::nanoTime`
    Pacer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// How long until a time stamp is due, in nanoseconds; 0 or less if it is.
    long nanosUntil(long timestampMs) {
        long nowNs = nanoTime.getAsLong();
        if (!started) {
            started = true;
            startNs = nowNs;
            startTimestampMs = timestampMs;
        }
        return startNs + TimeUnit.MILLISECONDS.toNanos(timestampMs - startTimestampMs) - nowNs;
    }
}
