package io.lunarstream.server.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// The room for bodies of which something is still to come. Whoever sends one has shown no key yet, and may take its
/// time: so all of them have only so much memory together, and each only so much time.
final class UnfinishedBodies {
    /// A thousand of the largest: as many as may be worked on at once. The heap of a machine with 1 GiB has four times
    /// as much.
    static final long MAX_BYTES = 64L << 20;

    /// For 64 KiB, which takes a line of 64 kbit/s nine seconds.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicLong heldBytes = new AtomicLong();

    /// Takes room for a piece that has come.
    ///
    /// @return whether there was some
    boolean take(long bytes) {
        if (heldBytes.addAndGet(bytes) <= MAX_BYTES) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    void giveBack(long bytes) {
        heldBytes.addAndGet(-bytes);
    }
}
