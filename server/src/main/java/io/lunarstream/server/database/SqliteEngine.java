package io.lunarstream.server.database;

import com.zaxxer.hikari.HikariConfig;
import io.lunarstream.server.database.DatabaseLocation.SqliteFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/// SQLite in this process.
///
/// A commit is on the disk when it returns: write-ahead log with `synchronous=FULL`. Writers queue on a lock here,
/// because SQLite has one writer at a time and makes others wait inside native code, where a virtual thread holds on
/// to its carrier.
final class SqliteEngine implements Engine {
    /// How long a statement waits for another process that holds the file; longer than any commit takes.
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(1);

    /// How long a request waits for a connection or for its turn to write before it is told that the service is
    /// unavailable; shorter than the patience of HTTP clients.
    private static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(3);

    /// Reads are short and come from memory: more connections than this only cost memory.
    private static final int CONNECTIONS = 4;

    private final SqliteFile location;
    private final ReentrantLock writer = new ReentrantLock(/* fair= */ true);

    SqliteEngine(SqliteFile location) {
        this.location = location;
    }

    @Override
    public DataSource patientConnections() {
        SqliteLibrary.load();
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setJournalMode(JournalMode.WAL);
        sqlite.setSynchronous(SynchronousMode.FULL);
        sqlite.setTransactionMode(TransactionMode.IMMEDIATE);
        sqlite.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
        sqlite.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(sqlite);
        source.setUrl("jdbc:sqlite:" + location.file());
        return source;
    }

    /// One machine has one embedded media server: its port says so.
    @Override
    public Optional<DataSource> claimConnections() {
        return Optional.empty();
    }

    @Override
    public HikariConfig pool() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(patientConnections());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(QUEUE_TIMEOUT.toMillis());
        return config;
    }

    @Override
    public <T> T inTurn(Supplier<T> transaction) {
        takeTurn();
        try {
            return transaction.get();
        } finally {
            writer.unlock();
        }
    }

    private void takeTurn() {
        try {
            if (!writer.tryLock(QUEUE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DatabaseUnavailableException(new IllegalStateException("too many writers wait"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailableException(e);
        }
    }

    /// Whoever writes is alone.
    @Override
    public void waitUntilAlone(Handle transaction) {}

    /// Deferred, unlike the driver's own: it never becomes a writer.
    @Override
    public void beginSnapshot(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("begin deferred");
        }
    }
}
