package io.lunarstream.server;

import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.DatabaseLocation.PostgresDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A PostgreSQL of the tests, started in a second, with a database for each folder of a test.
public final class TestPostgres implements AutoCloseable {
    private static final String USER = "postgres";

    /// The binaries ask for none from this machine.
    private static final String PASSWORD = "not-a-secret";

    /// Has the tables, so that a new database is a copy of files.
    private static final String TEMPLATE = "lunar_template";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;
    private final Map<Path, PostgresDatabase> databases = new HashMap<>();

    private TestPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /// Started when it is first asked for; ends with the JVM.
    static TestPostgres shared() {
        return Shared.INSTANCE;
    }

    private static final class Shared {
        /// What a test has written need not survive a crash of the machine.
        static final TestPostgres INSTANCE = start(EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("max_connections", "200"));
    }

    static TestPostgres start(EmbeddedPostgres.Builder builder) {
        try {
            TestPostgres postgres =
                    new TestPostgres(builder.setPGStartupWait(START_TIMEOUT).start());
            postgres.execute("create database " + TEMPLATE);
            Database.open(postgres.named(TEMPLATE)).close();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The database of a folder; those of folders that are gone make room.
    synchronized PostgresDatabase database(Path folder) {
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

    private static String name(PostgresDatabase database) {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    private PostgresDatabase named(String name) {
        String url = "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
        return new PostgresDatabase(url, Optional.of(USER), Optional.of(PASSWORD));
    }

    /// What a server has to be told to use a database.
    static Map<String, String> environment(PostgresDatabase database) {
        return Map.of(
                "LUNAR_DATABASE_URL", database.url(),
                "LUNAR_DATABASE_USER", USER,
                "LUNAR_DATABASE_PASSWORD", PASSWORD);
    }

    /// Runs statements as the server's owner.
    void execute(String... statements) {
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
