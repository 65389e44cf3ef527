package io.lunarstream.server.ingest;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connections that are closed because their address has too many that do not publish. They come by the thousand, so
/// the log has one line for many. Safe for all event loops.
final class Crowds {

    /// Between two lines of the log: often enough to see that it goes on, seldom enough to fill no disk.
    static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Crowds.class);

    private final IngestRefusals refusals;
    private final LongSupplier nanoTime;
    private final LongAdder untold = new LongAdder();
    private final AtomicLong nextLineNs;

    /// @param nanoTime a clock that only goes on, such as `System::nanoTime`
    Crowds(IngestRefusals refusals, LongSupplier nanoTime) {
        this.refusals = refusals;
        this.nanoTime = nanoTime;
        this.nextLineNs = new AtomicLong(nanoTime.getAsLong());
    }

    /// One has been closed.
    ///
    /// @return how many a line of the log has told of now; 0 if there was no line
    long turnedAway(String address) {
        refusals.countCrowded();
        untold.increment();
        long nowNs = nanoTime.getAsLong();
        long dueNs = nextLineNs.get();
        if (nowNs - dueNs < 0 || !nextLineNs.compareAndSet(dueNs, nowNs + BETWEEN_LINES.toNanos())) {
            return 0;
        }
        long told = untold.sumThenReset();
        LOG.warn("RTMP {}: closed: too many connections that do not publish; {} of all addresses", address, told);
        return told;
    }
}
