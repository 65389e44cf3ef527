package io.lunarstream.bench;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.bench.host.Program;
import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.Livestream;
import io.lunarstream.bench.sender.LoadSender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Publishers of the clip, all in one process of their own that costs little.
///
/// @param program the sender
record Publishers(Program program) {
    private static final Pattern ADMISSION = Pattern.compile("admitted in (\\d+) ms");
    private static final Pattern BEGINNING = Pattern.compile("began at (\\d+)");
    private static final Duration TIME_TO_START = Duration.ofSeconds(20);
    private static final Duration TIME_TO_END = Duration.ofSeconds(20);

    /// Starts the sender and lets it publish.
    ///
    /// @param ramp over which they connect
    /// @param length how long they publish, the ramp included
    static Publishers start(
            Workspace workspace, Path clip, List<Livestream> livestreams, Duration ramp, Duration length)
            throws InterruptedException {
        Program program = workspace.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadSender.class.getName(),
                        clip.toAbsolutePath().toString(),
                        Integer.toString(Clip.LOOP_MS),
                        Long.toString(length.toSeconds()),
                        Long.toString(ramp.toSeconds())),
                Map.of());
        program.awaitReady("sender", TIME_TO_START, () -> program.output().startsWith(LoadSender.READY));
        program.say(Stream.concat(livestreams.stream().map(Livestream::publishAddress), Stream.of(""))
                .toList());
        return new Publishers(program);
    }

    /// Waits until their time is over.
    ///
    /// @return the median of the times from a connection to its admission, in milliseconds
    /// @throws BenchException if one of them was not let in, or was lost
    long awaitEnd() throws InterruptedException {
        if (program.awaitEnd(TIME_TO_END) != 0) {
            throw new BenchException("not all publishers went on to the end: " + program.lastWords());
        }
        return last(ADMISSION);
    }

    /// When the last of them was let in and began to send, in milliseconds since 1970. To be asked after their end.
    long beganAtMs() {
        return last(BEGINNING);
    }

    private long last(Pattern pattern) {
        return pattern.matcher(program.output())
                .results()
                .map(match -> Long.parseLong(match.group(1)))
                .reduce((_, last) -> last)
                .orElseThrow(() -> new BenchException("the sender has not said: " + pattern));
    }
}
