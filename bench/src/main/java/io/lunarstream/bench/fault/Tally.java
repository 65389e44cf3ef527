package io.lunarstream.bench.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Counts what happened since somebody last asked, in words; and how long things took.
final class Tally {

    /// What happened between two questions.
    ///
    /// @param counts by what happened
    /// @param timesMs sorted
    record Taken(Map<String, Integer> counts, List<Double> timesMs) {
        Taken {
            counts = Map.copyOf(counts);
            timesMs = timesMs.stream().sorted().toList();
        }

        int count(String what) {
            return counts.getOrDefault(what, 0);
        }

        /// How often what begins so has happened.
        int countOf(String start) {
            return counts.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(start))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        /// A part of the times is no longer than this, in milliseconds; 0 without any.
        double quantileMs(double part) {
            return timesMs.isEmpty() ? 0 : timesMs.get((int) Math.ceil(part * (timesMs.size() - 1)));
        }

        /// Such as `12 × 201, 3 × 503`; `nothing` without any.
        String text() {
            return counts.isEmpty()
                    ? "nothing"
                    : new TreeMap<>(counts)
                            .entrySet().stream()
                                    .map(entry -> entry.getValue() + " × " + entry.getKey())
                                    .collect(Collectors.joining(", "));
        }
    }

    private Map<String, Integer> counts = new TreeMap<>();
    private List<Double> timesMs = new ArrayList<>();

    synchronized void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    synchronized void took(double ms) {
        timesMs.add(ms);
    }

    /// What happened since the last question.
    synchronized Taken take() {
        Taken taken = new Taken(counts, timesMs);
        counts = new TreeMap<>();
        timesMs = new ArrayList<>();
        return taken;
    }
}
