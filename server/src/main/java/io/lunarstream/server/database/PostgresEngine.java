package io.lunarstream.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.DriverDataSource;
import io.lunarstream.server.database.DatabaseLocation.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/// PostgreSQL, by its own rules of concurrency: transactions are `read committed`, and what reads before it writes
/// takes the lock of a row first.
///
/// The times add up to less than 3 s for a request that comes while the server is away. Parameters of the URL beat
/// what is set here. Source: PostgreSQL's documentation, "Client Connection Defaults"; pgJDBC's, "Connection
/// Parameters".
final class PostgresEngine implements Engine {
    /// Statements take a millisecond, so that ten at a time are thousands of requests a second; and several nodes must
    /// find room in the 100 connections that a server allows by default.
    private static final int CONNECTIONS = 10;

    /// Opening one costs the server a process; a request rarely has to wait for that.
    private static final int IDLE_CONNECTIONS = 2;

    /// How long a request waits for a connection; shorter than the patience of HTTP clients.
    private static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(2);

    /// How long a server may take to accept a connection, and to prove that a resting one is good.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /// When the server gives up a statement, such as one that waits for a lock; a thousand times what it takes.
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(2);

    /// When a silent server counts as gone: it would have given up the statement a second ago.
    private static final Duration SILENCE_TIMEOUT = STATEMENT_TIMEOUT.plusSeconds(1);

    /// When the server takes back the locks of a node that has vanished amidst a transaction.
    private static final Duration IDLE_TRANSACTION_TIMEOUT = Duration.ofSeconds(5);

    /// How long a claim waits for the one before: a server that ends gives it back at once.
    private static final Duration CLAIM_TIMEOUT = Duration.ofMillis(500);

    /// When the server gives up a client whose machine or network has vanished: after 25 s, by its own keep-alives.
    private static final String GONE_CLIENT =
            " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

    /// Names the lock of [#waitUntilAlone] among others of the database: "lunar" in ASCII.
    private static final long ALONE_LOCK = 0x6c756e6172L;

    private final PostgresDatabase location;

    PostgresEngine(PostgresDatabase location) {
        this.location = location;
    }

    @Override
    public DataSource patientConnections() {
        Properties parameters = new Properties();
        parameters.setProperty("connectTimeout", seconds(CONNECT_TIMEOUT));
        return connections(parameters);
    }

    @Override
    public Optional<DataSource> claimConnections() {
        Properties parameters = parameters();
        parameters.setProperty("ApplicationName", "lunar-stream claim");
        parameters.setProperty("options", "-c lock_timeout=" + CLAIM_TIMEOUT.toMillis() + GONE_CLIENT);
        return Optional.of(connections(parameters));
    }

    private DataSource connections(Properties parameters) {
        location.user().ifPresent(user -> parameters.setProperty("user", user));
        location.password().ifPresent(password -> parameters.setProperty("password", password));
        return new DriverDataSource(location.url(), /* driverClassName= */ null, parameters, null, null);
    }

    @Override
    public HikariConfig pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(location.url());
        location.user().ifPresent(config::setUsername);
        location.password().ifPresent(config::setPassword);
        config.setDataSourceProperties(parameters());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(IDLE_CONNECTIONS);
        config.setConnectionTimeout(QUEUE_TIMEOUT.toMillis());
        config.setValidationTimeout(CONNECT_TIMEOUT.toMillis());
        config.setExceptionOverride(new DemotedServer());
        return config;
    }

    private static Properties parameters() {
        Properties parameters = new Properties();
        parameters.setProperty("ApplicationName", "lunar-stream");
        // An absent id is bound as an absent text; so the server takes the type from the column.
        parameters.setProperty("stringtype", "unspecified");
        parameters.setProperty("tcpKeepAlive", "true");
        parameters.setProperty("connectTimeout", seconds(CONNECT_TIMEOUT));
        parameters.setProperty("socketTimeout", seconds(SILENCE_TIMEOUT));
        // What is answered is on the disk, even where a server is set up to be faster than that.
        parameters.setProperty(
                "options",
                "-c synchronous_commit=on -c statement_timeout=" + STATEMENT_TIMEOUT.toMillis()
                        + " -c idle_in_transaction_session_timeout=" + IDLE_TRANSACTION_TIMEOUT.toMillis());
        return parameters;
    }

    private static String seconds(Duration time) {
        return Long.toString(time.toSeconds());
    }

    /// It is always its turn: rows are locked by the server.
    @Override
    public <T> T inTurn(Supplier<T> transaction) {
        return transaction.get();
    }

    @Override
    public void waitUntilAlone(Handle transaction) {
        transaction.execute("select pg_advisory_xact_lock(?)", ALONE_LOCK);
    }

    @Override
    public void beginSnapshot(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }
}
