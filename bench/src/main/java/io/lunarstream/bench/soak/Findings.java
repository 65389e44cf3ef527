package io.lunarstream.bench.soak;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What did not hold, each said at once with its time and livestream, and how often each thing was done. For all
/// threads.
final class Findings {
    private final long startNs = System.nanoTime();
    private final List<String> failures = new ArrayList<>();
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /// Something did not hold.
    ///
    /// @param subject where, such as a stage and its stream key; no secret
    synchronized void fail(String subject, String what) {
        String line = "%s (%s into it), %s: %s"
                .formatted(Instant.now().truncatedTo(ChronoUnit.MILLIS), clock(), subject, what);
        failures.add(line);
        System.err.println("soak: FAILED " + line);
    }

    /// Since the beginning.
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNs);
    }

    /// The same as `1:02:03`.
    private String clock() {
        Duration elapsed = elapsed();
        return "%d:%02d:%02d".formatted(elapsed.toHours(), elapsed.toMinutesPart(), elapsed.toSecondsPart());
    }

    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    void count(String what) {
        count(what, 1);
    }

    void count(String what, long times) {
        counts.computeIfAbsent(what, _ -> new LongAdder()).add(times);
    }

    /// How often each thing was counted, by its words.
    Map<String, Long> counts() {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((what, sum) -> sums.put(what, sum.sum()));
        return sums;
    }
}
