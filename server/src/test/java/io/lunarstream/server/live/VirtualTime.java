package io.lunarstream.server.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Time that only a test lets pass, and the event loops that live in it. One thread runs everything, so that each run
/// of a test is the same; other threads may look at the clock.
public final class VirtualTime implements InstantSource {
    private final List<VirtualLoop> loops = new ArrayList<>();
    private volatile Instant now = Instant.parse("2026-01-12T18:12:38.918Z");

    /// One more event loop.
    VirtualLoop loop() {
        VirtualLoop loop = new VirtualLoop(this);
        loops.add(loop);
        return loop;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /// Lets time pass, and every loop do what is due by then.
    public void advance(Duration duration) {
        settle();
        Instant end = now.plus(duration);
        for (Optional<Instant> next = nextTimer();
                next.filter(due -> !due.isAfter(end)).isPresent(); ) {
            now = next.orElseThrow();
            settle();
            next = nextTimer();
        }
        now = end;
        settle();
    }

    /// Lets every loop do what there is to do now.
    void settle() {
        boolean busy = true;
        while (busy) {
            busy = false;
            for (VirtualLoop loop : loops) {
                busy |= loop.runOne();
            }
        }
    }

    private Optional<Instant> nextTimer() {
        return loops.stream().flatMap(loop -> loop.nextTimer().stream()).min(Instant::compareTo);
    }
}
