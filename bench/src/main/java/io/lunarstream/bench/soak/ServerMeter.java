package io.lunarstream.bench.soak;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.soak.Reading.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Looks at the server from outside: its process in `/proc`, its metrics, its data directory. Linux only.
///
/// @param pid of the server
/// @param metrics address of its metrics
/// @param jcmd the JDK's program that speaks to JVMs
/// @param log what `jcmd` says goes there
record ServerMeter(long pid, URI metrics, Path dataDir, Path jcmd, Path log) {
    private static final double MB = 1_000_000;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    /// A collection of a heap of a few hundred MB takes less than a second.
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /// Has the server collect its garbage, and reads everything.
    Reading read(Duration at) throws IOException, InterruptedException {
        collectGarbage();
        String text = scrape();
        Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
        values.put(Quantity.HEAP, sum(text, "jvm_memory_used_bytes\\{area=\"heap\".*}") / MB);
        values.put(Quantity.DIRECT, sum(text, "lunar_media_memory_bytes") / MB);
        values.put(Quantity.HELD, sum(text, "lunar_media_memory_held_bytes") / MB);
        values.put(Quantity.RESIDENT, residentBytes() / MB);
        values.put(Quantity.FILE_DESCRIPTORS, (double) count(process("fd")));
        values.put(Quantity.THREADS, (double) count(process("task")));
        values.put(Quantity.FILES, (double) files().size());
        return new Reading(at, values);
    }

    /// A gauge without labels, as it is now.
    double gauge(String name) throws IOException, InterruptedException {
        return sum(scrape(), name);
    }

    /// What the open file descriptors of connections and files are.
    List<String> descriptors() throws IOException {
        try (Stream<Path> links = Files.list(process("fd"))) {
            return links.map(ServerMeter::target).sorted().toList();
        }
    }

    /// All files in the data directory, by their paths in it.
    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(dataDir)) {
            return all.filter(Files::isRegularFile).map(dataDir::relativize).toList();
        } catch (UncheckedIOException _) {
            // A folder has gone meanwhile.
            return files();
        }
    }

    private void collectGarbage() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new BenchException("jcmd cannot speak to the server: " + Files.readString(log));
        }
    }

    private String scrape() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(metrics).timeout(TIMEOUT).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    /// @param name a pattern for name and labels
    private static double sum(String text, String name) {
        Matcher lines = Pattern.compile("^" + name + " ([0-9.E+-]+)$", Pattern.MULTILINE)
                .matcher(text);
        double sum = 0;
        while (lines.find()) {
            sum += Double.parseDouble(lines.group(1));
        }
        return sum;
    }

    private double residentBytes() throws IOException {
        Matcher line = RESIDENT.matcher(Files.readString(process("status")));
        return line.find() ? Long.parseLong(line.group(1)) * 1_024.0 : 0;
    }

    private Path process(String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    /// What a link in `/proc/PID/fd` leads to; a blank if it has gone meanwhile.
    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException _) {
            return "";
        }
    }
}
