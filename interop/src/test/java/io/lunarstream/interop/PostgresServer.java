package io.lunarstream.interop;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The real PostgreSQL, which can be killed and started again on its files.
final class PostgresServer implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Path folder;
    private final EmbeddedPostgres.Builder builder;
    private EmbeddedPostgres server;

    private PostgresServer(Path folder) {
        this.folder = folder;
        this.builder = EmbeddedPostgres.builder()
                .setCleanDataDirectory(false)
                .setDataDirectory(folder)
                .setPGStartupWait(START_TIMEOUT);
        this.server = started();
    }

    /// Starts one on a folder that is empty.
    static PostgresServer start(Path folder) {
        return new PostgresServer(folder);
    }

    private EmbeddedPostgres started() {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a server has to be told to use it. Its binaries ask for no password from this machine.
    Map<String, String> environment() {
        return Map.of(
                "LUNAR_DATABASE_URL", "jdbc:postgresql://localhost:" + server.getPort() + "/postgres",
                "LUNAR_DATABASE_USER", "postgres",
                "LUNAR_DATABASE_PASSWORD", "not-a-secret");
    }

    /// Kills all of its processes, as a power cut would.
    void kill() {
        ProcessHandle first = ProcessHandle.of(firstProcess()).orElseThrow();
        List<ProcessHandle> processes =
                Stream.concat(Stream.of(first), first.descendants()).toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    private long firstProcess() {
        try (Stream<String> lines = Files.lines(folder.resolve("postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts it again after [#kill], at the same address.
    void restart() {
        builder.setPort(server.getPort());
        close();
        server = started();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
