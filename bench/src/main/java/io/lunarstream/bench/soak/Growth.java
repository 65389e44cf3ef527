package io.lunarstream.bench.soak;

import io.lunarstream.bench.soak.Reading.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Judges whether anything grew: the median of the last quarter against that of the second one.
///
/// Medians, because one reading in a busy moment says nothing; the second quarter, because in the first some things
/// are still made for the first time.
final class Growth {
    /// Two readings in a quarter are no median.
    private static final int LEAST_READINGS = 12;

    private final List<Reading> readings = new ArrayList<>();
    private Optional<Reading> atRest = Optional.empty();

    synchronized void add(Reading reading) {
        readings.add(reading);
    }

    /// The last one, after everything had ended: no part of the trend.
    synchronized void addAtRest(Reading reading) {
        atRest = Optional.of(reading);
    }

    synchronized Optional<Reading> atRest() {
        return atRest;
    }

    synchronized List<Reading> readings() {
        return List.copyOf(readings);
    }

    /// Two medians of a quantity.
    ///
    /// @param grown whether the second is more than it may be
    record Verdict(Quantity quantity, double second, double last, boolean grown) {
        String text() {
            return "%s: %.1f %s in the last quarter after %.1f in the second, and may be %.1f"
                    .formatted(quantity.words(), last, quantity.unit(), second, quantity.most(second));
        }
    }

    /// What became of a quantity; empty after a run too short to tell.
    Optional<Verdict> verdict(Quantity quantity) {
        List<Reading> all = readings().stream()
                .filter(reading -> reading.at().compareTo(quantity.warmUp()) >= 0)
                .toList();
        if (all.size() < LEAST_READINGS) {
            return Optional.empty();
        }
        int quarter = all.size() / 4;
        double second = median(all.subList(quarter, 2 * quarter), quantity);
        double last = median(all.subList(all.size() - quarter, all.size()), quantity);
        return Optional.of(new Verdict(quantity, second, last, last > quantity.most(second)));
    }

    private static double median(List<Reading> some, Quantity quantity) {
        double[] sorted = some.stream()
                .mapToDouble(reading -> reading.of(quantity))
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// Between two readings: a minute, or less in a run that has few minutes.
    static Duration interval(Duration length) {
        Duration some = length.dividedBy(20);
        return some.compareTo(Duration.ofMinutes(1)) > 0 ? Duration.ofMinutes(1) : some;
    }
}
