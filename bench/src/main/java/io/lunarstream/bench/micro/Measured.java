package io.lunarstream.bench.micro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lunarstream.bench.host.BenchException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What JMH has measured of one benchmark.
///
/// @param name class and method, such as `Muxing.mpegTs`
/// @param bytesPerSecond worked through
/// @param itemsPerSecond samples or playlists
/// @param allocatedBytes on the Java heap by one operation
/// @param itemsPerOperation samples or playlists
public record Measured(
        String name, double bytesPerSecond, double itemsPerSecond, double allocatedBytes, double itemsPerOperation) {
    private static final String SCORE = "score";

    /// Reads a report of JMH's in JSON, with the profiler `gc`.
    ///
    /// @throws BenchException if it is no such report, or nothing was measured
    static List<Measured> parse(String json) {
        try {
            List<Measured> all = new ArrayList<>();
            for (JsonNode one : new ObjectMapper().readTree(json)) {
                all.add(of(one));
            }
            if (all.isEmpty()) {
                throw new BenchException("JMH has measured nothing");
            }
            return all;
        } catch (IOException | IllegalArgumentException e) {
            throw new BenchException("no report of JMH's", e);
        }
    }

    private static Measured of(JsonNode one) {
        JsonNode secondary = one.required("secondaryMetrics");
        double operations = one.required("primaryMetric").required(SCORE).asDouble();
        double items = secondary.required("items").required(SCORE).asDouble();
        return new Measured(
                shortName(one.required("benchmark").asText()),
                secondary.required("bytes").required(SCORE).asDouble(),
                items,
                secondary.required("gc.alloc.rate.norm").required(SCORE).asDouble(),
                items / operations);
    }

    private static String shortName(String name) {
        int method = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', method - 1) + 1);
    }

    /// On the Java heap, for each sample or playlist.
    public double allocatedBytesPerItem() {
        return allocatedBytes / itemsPerOperation;
    }
}
