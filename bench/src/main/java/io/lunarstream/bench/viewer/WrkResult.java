package io.lunarstream.bench.viewer;

import io.lunarstream.bench.host.BenchException;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What wrk says after its run with `--latency`.
///
/// @param requests answered
/// @param bytes read, headers included
/// @param failed answers that were no success, and errors of sockets
/// @param p50Ms half of the answers took no longer, in milliseconds
/// @param p99Ms 99 of 100 answers took no longer, in milliseconds
public record WrkResult(long requests, double seconds, double bytes, long failed, double p50Ms, double p99Ms) {
    private static final String NUMBER = "([0-9.]+)";
    private static final Pattern TOTAL =
            Pattern.compile("(\\d+) requests in " + NUMBER + "(us|ms|s|m|h), " + NUMBER + "([KMGT]?B) read");
    private static final Pattern ERRORS =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern OTHER_ANSWERS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final String PERCENTILE = "\\s%d%%\\s+" + NUMBER + "(us|ms|s|m|h)";

    private static final Map<String, Double> MILLISECONDS =
            Map.of("us", 1e-3, "ms", 1.0, "s", 1e3, "m", 60e3, "h", 3_600e3);
    private static final Map<String, Double> BYTES =
            Map.of("B", 1.0, "KB", 0x1p10, "MB", 0x1p20, "GB", 0x1p30, "TB", 0x1p40);

    /// Reads its output.
    ///
    /// @throws BenchException if it is no such output
    static WrkResult parse(String output) {
        MatchResult total = find(TOTAL, output);
        long failed = sum(ERRORS, output) + sum(OTHER_ANSWERS, output);
        return new WrkResult(
                Long.parseLong(total.group(1)),
                value(total.group(2), total.group(3), MILLISECONDS) / 1e3,
                value(total.group(4), total.group(5), BYTES),
                failed,
                percentile(50, output),
                percentile(99, output));
    }

    /// Requests answered in a second.
    public double perSecond() {
        return requests / seconds;
    }

    /// Bytes read, in units of 10^9.
    public double gigabytes() {
        return bytes / 1e9;
    }

    private static double percentile(int percent, String output) {
        MatchResult match = find(Pattern.compile(PERCENTILE.formatted(percent)), output);
        return value(match.group(1), match.group(2), MILLISECONDS);
    }

    private static double value(String number, String unit, Map<String, Double> units) {
        Double factor = units.get(unit);
        if (factor == null) {
            throw new BenchException("wrk has a unit that is not known: " + unit);
        }
        return Double.parseDouble(number) * factor;
    }

    private static MatchResult find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new BenchException("wrk did not say what was expected: " + output.strip());
        }
        return matcher;
    }

    private static long sum(Pattern pattern, String output) {
        long sum = 0;
        Matcher matcher = pattern.matcher(output);
        if (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                sum += Long.parseLong(matcher.group(group));
            }
        }
        return sum;
    }
}
