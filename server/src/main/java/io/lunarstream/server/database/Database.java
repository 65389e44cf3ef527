package io.lunarstream.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/// The database of an installation: SQLite in this process, or PostgreSQL.
///
/// What [#write] has done is on the disk when it returns. Transactions run side by side on PostgreSQL: one that reads
/// before it writes takes the lock of a row first, by an update that changes nothing, or writes under a condition.
public final class Database implements AutoCloseable {
    /// How often a transaction is tried of which the database says that another one stood in its way. Two that lock
    /// the same rows in another order meet; more than two attempts mean that much more is wrong.
    private static final int ATTEMPTS = 3;

    private final Engine engine;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(Engine engine, HikariDataSource pool) {
        this.engine = engine;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        // Statements are put together from parts, and not every part is always there.
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    }

    /// Opens a database and brings its tables up to date; a file is made where it is missing.
    ///
    /// @throws DatabaseUnavailableException if it cannot be reached
    public static Database open(DatabaseLocation location) {
        Engine engine = Engine.of(location);
        // Before there is a pool: SQLite plans a statement by the tables that a connection knows, and one from before a
        // migration can know them without an index that the statement needs.
        Schema.of(engine.patientConnections()).migrate();
        try {
            HikariConfig config = engine.pool();
            config.setPoolName("database");
            return new Database(engine, new HikariDataSource(config));
        } catch (PoolInitializationException e) {
            throw new DatabaseUnavailableException(e);
        }
    }

    /// Brings the tables of a database up to date, and does no more.
    ///
    /// @return the version that they have now
    /// @throws DatabaseUnavailableException if it cannot be reached
    public static String migrate(DatabaseLocation location) {
        return Schema.of(Engine.of(location).patientConnections()).migrate();
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
    /// @param work may be done again from its beginning, so it changes nothing but the database
    /// @throws DatabaseUnavailableException if the database cannot answer now
    public <T> T write(Function<Handle, T> work) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return writeOnce(work);
            } catch (DatabaseUnavailableException e) {
                if (!SqlState.isConflict(e)) {
                    throw e;
                }
            }
        }
        return writeOnce(work);
    }

    /// As [#write], for work that must not be done twice.
    ///
    /// @throws DatabaseUnavailableException if the database cannot answer now
    public <T> T writeOnce(Function<Handle, T> work) {
        try {
            return engine.inTurn(() -> jdbi.inTransaction(work::apply));
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    /// As [#writeOnce], while nothing else runs that was begun by this method, on any node.
    ///
    /// @throws DatabaseUnavailableException if the database cannot answer now
    public <T> T writeAlone(Function<Handle, T> work) {
        return writeOnce(transaction -> {
            engine.waitUntilAlone(transaction);
            return work.apply(transaction);
        });
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

    static RuntimeException translated(RuntimeException exception) {
        if (exception instanceof DatabaseUnavailableException) {
            return exception;
        }
        return Outage.causes(exception) ? new DatabaseUnavailableException(exception) : exception;
    }

    @Override
    public void close() {
        pool.close();
    }
}
