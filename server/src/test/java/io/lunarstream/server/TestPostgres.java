package io.lunarstream.server;

import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.DatabaseLocation.PostgresDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// A PostgreSQL of the tests, started in a second, with a database for each folder of a test.
public final class TestPostgres implements AutoCloseable {
    private static final String USER = "postgres";

    /// The binaries ask for none from this machine.
    private static final String PASSWORD = "not-a-secret";

    /// Has the tables, so that a new database is a copy of files.
    private static final String TEMPLATE = "lunar_template";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Path folder;
    private final EmbeddedPostgres.Builder builder;
    private final Map<Path, PostgresDatabase> databases = new HashMap<>();
    private EmbeddedPostgres server;

    private TestPostgres(Path folder, EmbeddedPostgres.Builder builder) {
        this.folder = folder;
        this.builder = builder.setDataDirectory(folder).setPGStartupWait(START_TIMEOUT);
        this.server = started();
        execute("create database " + TEMPLATE);
        Database.open(named(TEMPLATE)).close();
    }

    /// Started when it is first asked for; ends with the JVM.
    static TestPostgres shared() {
        return Shared.INSTANCE;
    }

    private static final class Shared {
        static final TestPostgres INSTANCE = start();

        /// What a test has written need not survive a crash of the machine.
        private static TestPostgres start() {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("max_connections", "200");
            try {
                return new TestPostgres(Files.createTempDirectory("postgres"), builder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// One that can be killed and started again.
    ///
    /// @param folder of its files
    public static TestPostgres in(Path folder) {
        return new TestPostgres(folder, EmbeddedPostgres.builder().setCleanDataDirectory(false));
    }

    private EmbeddedPostgres started() {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Kills all of its processes, as a power cut would.
    public void kill() {
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
    public void restart() {
        builder.setPort(server.getPort());
        close();
        server = started();
    }

    /// The database of a folder; those of folders that are gone make room.
    public synchronized PostgresDatabase database(Path folder) {
        dropForgotten();
        return databases.computeIfAbsent(folder, _ -> {
            String name = "test_" + UUID.randomUUID().toString().replace("-", "");
            execute("create database " + name + " template " + TEMPLATE + " strategy file_copy");
            return named(name);
        });
    }

    private void dropForgotten() {
        Iterator<Map.Entry<Path, PostgresDatabase>> all = databases.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Path, PostgresDatabase> one = all.next();
            if (!Files.exists(one.getKey())) {
                execute("drop database " + name(one.getValue()) + " with (force)");
                all.remove();
            }
        }
    }

    public static String name(PostgresDatabase database) {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    private PostgresDatabase named(String name) {
        String url = "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
        return new PostgresDatabase(url, Optional.of(USER), Optional.of(PASSWORD));
    }

    /// What a server has to be told to use a database.
    public static Map<String, String> environment(PostgresDatabase database) {
        return Map.of(
                "LUNAR_DATABASE_URL", database.url(),
                "LUNAR_DATABASE_USER", USER,
                "LUNAR_DATABASE_PASSWORD", PASSWORD);
    }

    static Connection connect(PostgresDatabase database) throws SQLException {
        return DriverManager.getConnection(database.url(), USER, PASSWORD);
    }

    /// Runs statements as the server's owner.
    public void execute(String... statements) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String text : List.of(statements)) {
                statement.execute(text);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
