package io.lunarstream.bench.soak;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// What the server holds at one moment, right after a garbage collection.
///
/// @param at since the beginning
/// @param values one for each quantity
record Reading(Duration at, Map<Quantity, Double> values) {
    Reading {
        values = new EnumMap<>(values);
    }

    double of(Quantity quantity) {
        return values.getOrDefault(quantity, 0.0);
    }

    /// One line for people who wait.
    String text() {
        StringBuilder text = new StringBuilder("%d:%02d".formatted(at.toMinutes(), at.toSecondsPart()));
        values.forEach((quantity, value) -> text.append(", %s %.0f %s"
                .formatted(quantity.line(), value, quantity.unit())
                .stripTrailing()));
        return text.toString();
    }

    /// What may grow where something leaks.
    enum Quantity {
        HEAP("heap", "heap after a collection", "MB", 0.25, 8),
        DIRECT("direct", "memory outside the heap for media and sockets", "MB", 0.25, 24),
        /// What of that memory live buffers hold. At rest it is next to nothing, or a buffer has leaked.
        HELD("held", "of that, held by buffers in use", "MB", 0.50, 0.1),
        RESIDENT("in RAM", "memory in RAM", "MB", 0.25, 64),
        FILE_DESCRIPTORS("descriptors", "file descriptors", "", 0.25, 40),
        /// Vert.x makes two pools of up to 20 on their first use, such as when the disk is slow, and keeps them.
        THREADS("threads", "threads", "", 0, 40),
        FILES("files", "files in the data directory", "", 0.50, 100);

        /// Until then everything grows that is made on first use.
        private static final Duration WARM_UP = Duration.ofMinutes(2);

        /// Segments go 5 minutes after their broadcast, and broadcasts take some minutes.
        private static final Duration WARM_UP_OF_FILES = Duration.ofMinutes(10);

        private final String line;
        private final String words;
        private final String unit;
        private final double tolerance;
        private final double slack;

        /// @param tolerance by what share of itself it may go up and down by chance, because what is on changes
        /// @param slack the same in its own unit, for small numbers
        Quantity(String line, String words, String unit, double tolerance, double slack) {
            this.line = line;
            this.words = words;
            this.unit = unit;
            this.tolerance = tolerance;
            this.slack = slack;
        }

        /// Its name in a plot.
        String line() {
            return line;
        }

        String words() {
            return words;
        }

        String unit() {
            return unit;
        }

        /// How long after the beginning it is judged.
        Duration warmUp() {
            return this == FILES ? WARM_UP_OF_FILES : WARM_UP;
        }

        /// The most that it may be where it was something before.
        double most(double before) {
            return before * (1 + tolerance) + slack;
        }

        /// The most that it may be at rest.
        double mostAtRest(double atFirst) {
            return atFirst + slack;
        }
    }
}
