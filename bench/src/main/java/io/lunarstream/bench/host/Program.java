package io.lunarstream.bench.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program that runs beside the benchmark, with what it starts. Its output goes to a file.
public final class Program implements AutoCloseable {
    private static final Duration TIME_TO_LISTEN = Duration.ofSeconds(30);
    private static final Duration TIME_TO_END = Duration.ofSeconds(15);

    /// As much of the end of its output as stands in messages.
    private static final int LAST_WORDS = 2_000;

    private final Process process;
    private final Path output;

    Program(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /// All that it consists of.
    public ProcessTree processes() {
        return ProcessTree.of(process.pid());
    }

    /// Its process id.
    public long pid() {
        return process.pid();
    }

    /// Asks it to end, as systemd does.
    ///
    /// @return its exit code
    /// @throws BenchException if it has not ended by itself in time
    public int end(Duration atMost) throws InterruptedException {
        process.destroy();
        return awaitEnd(atMost);
    }

    /// What it has said on both of its outputs.
    public String output() {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BenchException("no output in " + output, e);
        }
    }

    /// Waits for what a server does once it is there.
    ///
    /// @throws BenchException with its last words, if it ends before, or too much time passes
    public void awaitReady(String what, Duration atMost, Readiness ready) throws InterruptedException {
        Deadline.await(what, atMost, () -> {
            if (!process.isAlive()) {
                throw new BenchException("no " + what + ", it has ended: " + lastWords());
            }
            return ready.isReady();
        });
    }

    /// Waits until it takes connections on a port of loopback.
    public void awaitListening(int port) throws InterruptedException {
        awaitReady("server that listens on " + port, TIME_TO_LISTEN, () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException _) {
                return false;
            }
        });
    }

    /// Whether a server is there.
    @FunctionalInterface
    public interface Readiness {
        /// Asked over and over.
        boolean isReady();
    }

    /// Says lines to its standard input.
    public void say(List<String> lines) {
        try {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(String.join("\n", lines))
                    .append("\n")
                    .flush();
        } catch (IOException e) {
            throw new BenchException("cannot speak to " + process.pid() + ": " + lastWords(), e);
        }
    }

    /// Waits for its end.
    ///
    /// @return its exit code
    public int awaitEnd(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BenchException("did not end within " + atMost.toSeconds() + " s: " + lastWords());
        }
        return process.exitValue();
    }

    /// The end of its output, for messages.
    public String lastWords() {
        String all = output();
        return all.substring(Math.max(0, all.length() - LAST_WORDS)).strip();
    }

    /// Asks it to end, as systemd does; what is left after a while is killed, with all that it has started.
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        process.destroy();
        try {
            boolean _ = process.waitFor(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        for (ProcessHandle one : all) {
            one.destroyForcibly();
        }
    }
}
