package io.lunarstream.server.database;

import com.zaxxer.hikari.HikariConfig;
import io.lunarstream.server.database.DatabaseLocation.PostgresDatabase;
import io.lunarstream.server.database.DatabaseLocation.SqliteFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/// What the two databases do not have in common. Their statements and migrations are the same.
sealed interface Engine permits SqliteEngine, PostgresEngine {

    static Engine of(DatabaseLocation location) {
        return switch (location) {
            case SqliteFile sqlite -> new SqliteEngine(sqlite);
            case PostgresDatabase postgres -> new PostgresEngine(postgres);
        };
    }

    /// Connections for what may take long, such as migrations.
    DataSource patientConnections();

    /// Connections for requests.
    HikariConfig pool();

    /// Connections whose server notices when their client is gone; empty where nobody else can have the database.
    Optional<DataSource> claimConnections();

    /// Runs a transaction when it is its turn.
    ///
    /// @throws DatabaseUnavailableException if its turn does not come soon
    <T> T inTurn(Supplier<T> transaction);

    /// Begins a transaction that sees one state of all tables, whatever others write, and keeps nobody from writing.
    void beginSnapshot(Connection connection) throws SQLException;

    /// Makes other transactions that call this wait until the given one ends.
    void waitUntilAlone(Handle transaction);
}
