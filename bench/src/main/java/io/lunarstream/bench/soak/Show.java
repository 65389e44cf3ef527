package io.lunarstream.bench.soak;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A livestream on a stage, and what those who watch must know to judge what they get. For all threads.
final class Show {
    /// So long after its encoder is there, or has done something odd, playlists need not be in step yet.
    private static final Duration SETTLING = Duration.ofSeconds(8);

    private static final long NEVER = Long.MAX_VALUE;

    private final String id;
    private final String streamKey;
    private final AtomicLong steadyFromNs = new AtomicLong(NEVER);
    private volatile boolean deleted;
    private volatile boolean over;

    Show(String id, String streamKey) {
        this.id = id;
        this.streamKey = streamKey;
    }

    String id() {
        return id;
    }

    String streamKey() {
        return streamKey;
    }

    /// The encoder sends in real time from now on.
    void steady() {
        steadyFromNs.set(System.nanoTime() + SETTLING.toNanos());
    }

    /// From now on the encoder may be away.
    void unsteady() {
        steadyFromNs.set(NEVER);
    }

    /// Whether the encoder has been sending for some time.
    boolean isSteady() {
        long from = steadyFromNs.get();
        return from != NEVER && System.nanoTime() - from >= 0;
    }

    /// It is about to be deleted.
    void delete() {
        unsteady();
        deleted = true;
    }

    boolean isDeleted() {
        return deleted;
    }

    /// Its last broadcast is over.
    void finish() {
        unsteady();
        over = true;
    }

    /// Whether no more broadcast comes.
    boolean isOver() {
        return over || deleted;
    }
}
