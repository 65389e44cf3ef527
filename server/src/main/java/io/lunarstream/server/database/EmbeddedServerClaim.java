package io.lunarstream.server.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The right to be the one embedded media server of a PostgreSQL database: a second one would take the first one's
/// broadcasts for its own, and end them. An advisory lock of a connection of its own, which the database takes back
/// when the connection ends, however that comes.
///
/// When the connection is lost, the claim is taken again as soon as that is possible. If another server has it by
/// then, both serve: this one says so, and waits. Source: PostgreSQL's documentation, "Advisory Locks".
public final class EmbeddedServerClaim implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServerClaim.class);

    /// How often the connection is proved to be there, and how long a server may take to say so.
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /// Names the lock among others of the database: "local" in ASCII.
    private static final long LOCK = 0x6c6f63616cL;

    private static final String TAKEN = "another server with the embedded media server runs on this database, and"
            + " would end this one's broadcasts; stop that one, or start this one with --role api";

    private final DataSource connections;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private Optional<Connection> held;
    private boolean toldThatTaken;

    private EmbeddedServerClaim(DataSource connections, Connection held) {
        this.connections = connections;
        this.held = Optional.of(held);
        this.thread = Thread.ofVirtual().name("embedded-server-claim").start(this::keep);
    }

    /// Takes it; empty where nobody else can have the database.
    ///
    /// @throws UnusableDatabaseException if another server has it
    /// @throws DatabaseUnavailableException if the database cannot be reached
    public static Optional<EmbeddedServerClaim> take(DatabaseLocation location) {
        return Engine.of(location).claimConnections().map(EmbeddedServerClaim::take);
    }

    private static EmbeddedServerClaim take(DataSource connections) {
        try {
            Connection connection = locked(connections).orElseThrow(() -> new UnusableDatabaseException(TAKEN));
            return new EmbeddedServerClaim(connections, connection);
        } catch (SQLException e) {
            throw new DatabaseUnavailableException(e);
        }
    }

    /// A connection that holds the lock; empty if another one does.
    private static Optional<Connection> locked(DataSource connections) throws SQLException {
        Connection connection = connections.getConnection();
        try {
            boolean isLocked = lock(connection);
            if (!isLocked) {
                connection.close();
            }
            return Optional.of(connection).filter(_ -> isLocked);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static boolean lock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_advisory_lock(?)")) {
            statement.setLong(1, LOCK);
            try (ResultSet _ = statement.executeQuery()) {
                return true;
            }
        } catch (SQLException e) {
            if (SqlState.LOCK_NOT_AVAILABLE.equals(SqlState.of(e))) {
                return false;
            }
            throw e;
        }
    }

    private void keep() {
        try {
            while (!closing.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    keepOrTakeAgain();
                } catch (SQLException e) {
                    LOG.debug("the database cannot be asked for the claim now", e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped while waiting");
        } finally {
            letGo();
        }
    }

    private void keepOrTakeAgain() throws SQLException {
        if (held.isPresent() && held.get().isValid((int) PERIOD.toSeconds())) {
            return;
        }
        letGo();
        held = locked(connections);
        if (held.isPresent()) {
            toldThatTaken = false;
            LOG.info("This is again the one embedded media server of the database");
        } else if (!toldThatTaken) {
            toldThatTaken = true;
            LOG.error("While the database was away: {}", TAKEN);
        }
    }

    private void letGo() {
        try {
            if (held.isPresent()) {
                held.get().close();
            }
        } catch (SQLException e) {
            LOG.debug("a lost connection did not close", e);
        } finally {
            held = Optional.empty();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(PERIOD);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
