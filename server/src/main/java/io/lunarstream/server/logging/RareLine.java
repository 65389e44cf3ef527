package io.lunarstream.server.logging;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Lets one line of the log stand for many that would say the same. Safe for all threads.
public final class RareLine {

    /// Between two lines: often enough to see that it goes on, seldom enough to fill no disk.
    public static final Duration INTERVAL = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final LongAdder untold = new LongAdder();
    private final AtomicLong nextLineNs;

    /// The first line may be written at once.
    public RareLine() {
        this(System::nanoTime);
    }

    /// @param nanoTime a clock that only goes on, such as `System::nanoTime`
    public RareLine(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.nextLineNs = new AtomicLong(nanoTime.getAsLong());
    }

    /// It has happened once more.
    ///
    /// @return how often since the last line, if it is time for a line; 0 if it is not
    public long happened() {
        untold.increment();
        long nowNs = nanoTime.getAsLong();
        long dueNs = nextLineNs.get();
        if (nowNs - dueNs < 0 || !nextLineNs.compareAndSet(dueNs, nowNs + INTERVAL.toNanos())) {
            return 0;
        }
        return untold.sumThenReset();
    }
}
