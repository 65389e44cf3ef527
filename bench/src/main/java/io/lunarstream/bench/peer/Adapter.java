package io.lunarstream.bench.peer;

import io.lunarstream.bench.host.BenchException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/// How to start and reach a server that is not ours: a `.properties` file. `bench/peers/README.md` describes the
/// keys.
///
/// @param folder where the file lies
/// @param name as in tables
/// @param needs programs of the `PATH` and absolute paths that must be there
/// @param versionCommand prints its version; words
/// @param files templates beside the file that are filled in and laid into its folder
/// @param startCommand stays in the foreground, unless there is a pid file; words
/// @param rtmp address to publish to, with `{stream}`
/// @param hls address of the playlist, with `{stream}`
/// @param pidFile in its folder: whose process is the server, if not the one started
/// @param maxPublishers how many it is measured with at most
record Adapter(
        Path folder,
        String name,
        List<String> needs,
        List<String> versionCommand,
        List<String> files,
        List<String> startCommand,
        String rtmp,
        String hls,
        Optional<String> pidFile,
        int maxPublishers) {
    static final int NO_LIMIT = Integer.MAX_VALUE;

    private static final Set<String> KEYS =
            Set.of("name", "needs", "version", "files", "start", "rtmp", "hls", "pid-file", "max-publishers");

    Adapter {
        needs = List.copyOf(needs);
        versionCommand = List.copyOf(versionCommand);
        files = List.copyOf(files);
        startCommand = List.copyOf(startCommand);
    }

    /// Reads a file.
    ///
    /// @throws BenchException if a key is missing or unknown
    static Adapter read(Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new BenchException("no adapter in " + file, e);
        }
        return of(file, properties);
    }

    private static Adapter of(Path file, Properties properties) {
        for (String key : properties.stringPropertyNames()) {
            if (!KEYS.contains(key)) {
                throw new BenchException(file + ": no such key: " + key);
            }
        }
        return new Adapter(
                Objects.requireNonNull(file.toAbsolutePath().getParent()),
                required(file, properties, "name"),
                words(properties.getProperty("needs", "")),
                words(properties.getProperty("version", "")),
                words(properties.getProperty("files", "")),
                words(required(file, properties, "start")),
                required(file, properties, "rtmp"),
                required(file, properties, "hls"),
                Optional.ofNullable(properties.getProperty("pid-file")),
                Integer.parseInt(properties.getProperty("max-publishers", Integer.toString(NO_LIMIT))));
    }

    private static String required(Path file, Properties properties, String key) {
        return Optional.ofNullable(properties.getProperty(key))
                .orElseThrow(() -> new BenchException(file + ": missing: " + key));
    }

    private static List<String> words(String text) {
        return Stream.of(text.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /// Replaces each `{word}` that has a value; others stay.
    static String filledIn(String text, Map<String, String> words) {
        String filledIn = text;
        for (Map.Entry<String, String> word : words.entrySet()) {
            filledIn = filledIn.replace("{" + word.getKey() + "}", word.getValue());
        }
        return filledIn;
    }
}
