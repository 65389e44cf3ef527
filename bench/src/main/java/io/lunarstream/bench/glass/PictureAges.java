package io.lunarstream.bench.glass;

import java.util.List;
import java.util.regex.Pattern;

/// What `glass.html` has written to its console: how old the pictures are that the browser shows.
final class PictureAges {
    private static final Pattern LINE = Pattern.compile("\"glass to glass (\\d+) ms at (\\d+)\"");

    private PictureAges() {}

    /// Ages in milliseconds, in their order.
    ///
    /// @param console of the browser
    /// @param sinceMs those before, in milliseconds since 1970, are left out
    static List<Double> read(String console, long sinceMs) {
        return LINE.matcher(console)
                .results()
                .filter(line -> Long.parseLong(line.group(2)) >= sinceMs)
                .map(line -> Double.parseDouble(line.group(1)))
                .toList();
    }
}
