package io.lunarstream.bench.fault;

import java.util.List;

/// What became of one fault: a row of the page.
///
/// @param fault its name
/// @param made how it was made
/// @param during what encoders, viewers and partners had of it
/// @param operator what tells the operator: log, health, metrics
/// @param after what was lost, and how it went on
/// @param wrong promises that were broken; none is as it should be
record Finding(String fault, String made, String during, String operator, String after, List<String> wrong) {
    Finding {
        wrong = List.copyOf(wrong);
    }

    /// Of a fault that this machine does not let be made.
    static Finding notHere(String fault, String why) {
        return new Finding(fault, "not made here: " + why, "", "", "", List.of());
    }

    /// What the page says of it at the end.
    String verdict() {
        return wrong.isEmpty() ? after : after + " **Wrong:** " + String.join("; ", wrong);
    }
}
