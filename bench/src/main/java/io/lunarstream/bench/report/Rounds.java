package io.lunarstream.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// What the rounds of one measurement have given.
public final class Rounds {
    private final List<Double> values = new ArrayList<>();

    /// One more round.
    public void add(double value) {
        values.add(value);
    }

    /// The middle one, or the mean of the two in the middle; empty without rounds.
    public OptionalDouble median() {
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return OptionalDouble.of(
                sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }

    /// What nine of ten rounds do not exceed; empty without rounds.
    public OptionalDouble ninthDecile() {
        return values.stream()
                .sorted()
                .skip(Math.max(0, Math.ceilDiv(9 * values.size(), 10) - 1))
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }
}
