package io.lunarstream.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/// The embedded SQLite database, `lunar.db` in the data directory.
///
/// A commit is on the disk when [#write] returns: write-ahead log with `synchronous=FULL`. Writers queue on a lock
/// here, because SQLite has one writer at a time and makes others wait inside native code, where a virtual thread
/// holds on to its carrier.
public final class Database implements AutoCloseable {
    /// Its name in the data directory.
    public static final String FILE = "lunar.db";

    /// How long a statement waits for another process that holds the file; longer than any commit takes.
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(1);

    /// How long a request waits for a connection or for its turn to write before it is told that the service is
    /// unavailable; shorter than the patience of HTTP clients.
    private static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(3);

    /// Reads are short and come from memory: more connections than this only cost memory.
    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final ReentrantLock writer = new ReentrantLock(/* fair= */ true);

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        // Statements are put together from parts, and not every part is always there.
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    }

    /// Opens the database of a data directory and brings its tables up to date; both are made where missing.
    ///
    /// @throws DatabaseUnavailableException if the file cannot be opened
    public static Database open(Path dataDirectory) {
        try {
            HikariDataSource pool = new HikariDataSource(poolOf(dataDirectory.resolve(FILE)));
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return new Database(pool);
        } catch (PoolInitializationException e) {
            throw new DatabaseUnavailableException(e);
        }
    }

    private static HikariConfig poolOf(Path file) {
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setJournalMode(JournalMode.WAL);
        sqlite.setSynchronous(SynchronousMode.FULL);
        sqlite.setTransactionMode(TransactionMode.IMMEDIATE);
        sqlite.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
        sqlite.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(sqlite);
        source.setUrl("jdbc:sqlite:" + file);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("database");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(QUEUE_TIMEOUT.toMillis());
        return config;
    }

    /// Runs queries that change nothing.
    ///
    /// @throws DatabaseUnavailableException if the database cannot answer now
    public <T> T read(Function<Handle, T> work) {
        try (Handle handle = jdbi.open()) {
            return work.apply(handle);
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    /// Runs statements as one transaction: all of them are on the disk on return, or none after an exception.
    ///
    /// @throws DatabaseUnavailableException if the database cannot answer now
    public <T> T write(Function<Handle, T> work) {
        takeTurn();
        try {
            return jdbi.inTransaction(work::apply);
        } catch (RuntimeException e) {
            throw translated(e);
        } finally {
            writer.unlock();
        }
    }

    /// As [#write], for statements without a result.
    ///
    /// @throws DatabaseUnavailableException if the database cannot answer now
    public void run(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return true;
        });
    }

    /// Whether the database answers a query now.
    public boolean isUp() {
        try {
            return read(handle -> handle.createQuery("select count(*) from project")
                            .mapTo(Integer.class)
                            .one())
                    >= 0;
        } catch (RuntimeException e) {
            return false;
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

    private static RuntimeException translated(RuntimeException exception) {
        return Outage.causes(exception) ? new DatabaseUnavailableException(exception) : exception;
    }

    @Override
    public void close() {
        pool.close();
    }
}
