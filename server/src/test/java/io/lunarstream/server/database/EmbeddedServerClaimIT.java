package io.lunarstream.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestPostgres;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.database.DatabaseLocation.PostgresDatabase;
import io.lunarstream.server.database.DatabaseLocation.SqliteFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One embedded media server for a PostgreSQL database, whatever becomes of servers and database.
class EmbeddedServerClaimIT {
    /// A lost connection is noticed within a second; the machine may have other work to do.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String LOCK = "select pg_advisory_lock(" + 0x6c6f63616cL + ")";

    private static final String HANG_UP =
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name like '%claim'";

    private static TestPostgres postgres;

    private final PostgresDatabase database;

    EmbeddedServerClaimIT(@TempDir Path folder) {
        database = postgres.database(folder);
    }

    @BeforeAll
    static void startPostgres(@TempDir Path files) {
        postgres = TestPostgres.in(files);
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @Test
    void aSecondServerIsRefusedWithOneLineUntilTheFirstIsClosed(@TempDir Path first, @TempDir Path second) {
        Map<String, String> settings = TestPostgres.environment(database);
        try (TestServer server = TestServer.start(first, new MutableClock(), settings)) {
            assertThatThrownBy(() -> TestServer.start(second, new MutableClock(), settings))
                    .isInstanceOf(UnusableDatabaseException.class)
                    .hasMessageContaining("start this one with --role api")
                    .hasMessageNotContaining("\n");
            assertThat(server.get("/livestream").status()).isEqualTo(200);
        }
        TestServer.start(second, new MutableClock(), settings).close();
    }

    @Test
    void aServerThatIsKilledLosesIt() throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, LOCK);
            assertTaken();
            // As the system does with the sockets of a process that is gone: nothing is said to the database.
            connection.abort(Runnable::run);
        }
        claim().close();
    }

    @Test
    void itIsTakenAgainAfterAnOutage() {
        try (EmbeddedServerClaim _ = claim()) {
            postgres.kill();
            postgres.restart();
            await().atMost(PATIENCE).untilAsserted(this::assertTaken);
        }
        claim().close();
    }

    @Test
    void whoFindsItTakenAfterAnOutageWaitsForIt() throws Exception {
        try (Connection other = connect();
                Connection third = connect();
                EmbeddedServerClaim _ = claim();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> taken = threads.submit(() -> {
                execute(other, LOCK);
                return true;
            });
            await().until(() -> count(third, "from pg_locks where locktype = 'advisory' and not granted") == 1);
            execute(third, HANG_UP);
            taken.get();
            assertTaken();
            execute(other, "select pg_advisory_unlock_all()");
            await().atMost(PATIENCE).untilAsserted(this::assertTaken);
        }
        claim().close();
    }

    @Test
    void sqliteNeedsNone(@TempDir Path folder) {
        assertThat(EmbeddedServerClaim.take(SqliteFile.in(folder))).isEmpty();
    }

    private EmbeddedServerClaim claim() {
        return EmbeddedServerClaim.take(database).orElseThrow();
    }

    private void assertTaken() {
        assertThatThrownBy(() -> claim().close()).isInstanceOf(UnusableDatabaseException.class);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(Connection connection, String from) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) " + from)) {
            count.next();
            return count.getInt(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                database.url(),
                database.user().orElseThrow(),
                database.password().orElseThrow());
    }
}
