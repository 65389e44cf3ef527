package io.lunarstream.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A foreign program that runs beside the test: its output is kept for failure messages, and it ends with the test.
final class ChildProcess implements AutoCloseable {
    /// Lines of output kept: enough for any message, and bounded for programs that talk for ever.
    private static final int KEPT_LINES = 500;

    private static final Duration TIME_TO_DIE = Duration.ofSeconds(10);

    private final List<String> command;
    private final String name;
    private final Process process;
    private final Thread reader;
    private final Deque<String> lines = new ArrayDeque<>();

    private ChildProcess(List<String> command, Process process) {
        this.command = List.copyOf(command);
        this.name = Path.of(command.getFirst()).getFileName().toString();
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::readOutput);
    }

    /// Starts a program of the `PATH`; a missing one fails the test with a line that names it.
    static ChildProcess start(List<String> command) {
        return start(command, Map.of());
    }

    static ChildProcess start(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.command().set(0, pathOf(command.getFirst()));
        try {
            return new ChildProcess(command, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.getFirst(), e);
        }
    }

    /// The absolute path of a program.
    static String pathOf(String program) {
        if (program.contains(File.separator)) {
            return program;
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(path)
                .map(folder -> Path.of(folder).resolve(program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseThrow(() -> new AssertionError("missing program: " + program + " is not on the PATH"));
    }

    private void readOutput() {
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                keep(line);
            }
        } catch (IOException e) {
            keep("(output closed: " + e.getMessage() + ")");
        }
    }

    private void keep(String line) {
        synchronized (lines) {
            lines.addLast(line);
            if (lines.size() > KEPT_LINES) {
                lines.removeFirst();
            }
        }
    }

    /// The last lines of what the program has said, on both of its outputs.
    List<String> lines() {
        synchronized (lines) {
            return new ArrayList<>(lines);
        }
    }

    String output() {
        return name + ", process " + process.pid() + ", said:\n" + String.join("\n", lines());
    }

    /// As the system numbers it.
    long pid() {
        return process.pid();
    }

    /// Memory of the process that lies in RAM now, in bytes. Linux only.
    long residentBytes() {
        try (Stream<String> status = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1_024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("the memory of " + name + " is not known", e);
        }
    }

    List<String> command() {
        return command;
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /// Waits for a line of output; fails at once when the program ends without it.
    void awaitLine(Predicate<String> wanted, Duration atMost) {
        Awaitility.await(name + " to say what is expected")
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(20))
                .failFast(
                        name + " ended early",
                        () -> assertThat(isRunning() || says(wanted))
                                .as(output())
                                .isTrue())
                .until(() -> says(wanted));
    }

    private boolean says(Predicate<String> wanted) {
        return lines().stream().anyMatch(wanted);
    }

    /// Types into the program's standard input.
    void type(String text) {
        try {
            process.outputWriter(UTF_8).append(text).flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot type into " + output(), e);
        }
    }

    /// Waits for the program's end by itself, and for its last words.
    int awaitExit(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("did not end within " + atMost.toSeconds() + " s: " + output());
            }
            reader.join(TIME_TO_DIE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + name, e);
        }
        return process.exitValue();
    }

    /// Asks the program to end. Not by Ctrl+C's signal, which a program ignores if whoever started the tests did.
    void terminate() {
        process.destroy();
    }

    /// As Ctrl+C does.
    void interrupt() {
        try (ChildProcess kill = start(List.of("kill", "-INT", Long.toString(process.pid())))) {
            kill.awaitExit(TIME_TO_DIE);
        }
    }

    /// As a power cut does: the program and those that it has started have no chance to say good-bye.
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitExit(TIME_TO_DIE);
    }

    @Override
    public void close() {
        if (isRunning()) {
            kill();
        }
    }
}
