package io.lunarstream.bench.soak;

import java.util.List;
import java.util.regex.Pattern;

/// What the server wrote while it was put to the test.
///
/// @param lines of both its outputs
record ServerLog(List<String> lines) {
    /// A line of its log of that level, or the trace of an exception.
    private static final Pattern FAULT =
            Pattern.compile(" ERROR |^\\s+at [a-z]+\\.|^Exception in |^Caused by: |^[\\w.]+(Exception|Error)\\b|LEAK:");

    private static final Pattern WARNING = Pattern.compile(" WARN ");

    /// As many of them as a report shows.
    private static final int SHOWN = 20;

    ServerLog {
        lines = List.copyOf(lines);
    }

    static ServerLog of(String output) {
        return new ServerLog(output.lines().toList());
    }

    /// Errors and traces: there must be none, whatever others did to it.
    List<String> faults() {
        return lines.stream().filter(FAULT.asPredicate()).limit(SHOWN).toList();
    }

    long warnings() {
        return lines.stream().filter(WARNING.asPredicate()).count();
    }
}
