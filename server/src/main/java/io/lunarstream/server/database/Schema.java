package io.lunarstream.server.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/// The tables of a database, and which version they have: that of the newest migration.
final class Schema {
    private final Flyway flyway;

    private Schema(Flyway flyway) {
        this.flyway = flyway;
    }

    /// @throws DatabaseUnavailableException if the database cannot be reached
    static Schema of(DataSource connections) {
        try {
            connections.getConnection().close();
        } catch (SQLException e) {
            throw new DatabaseUnavailableException(e);
        }
        return new Schema(Flyway.configure()
                .dataSource(connections)
                .locations("classpath:db/migration")
                .load());
    }

    /// Brings the tables up to date.
    ///
    /// @return their version
    /// @throws UnusableDatabaseException if tables are there that are not ours
    String migrate() {
        try {
            flyway.migrate();
            return version();
        } catch (FlywayException e) {
            if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
                throw new UnusableDatabaseException(
                        "the database holds tables of something else; give Lunar Stream an empty one of its own");
            }
            throw Database.translated(e);
        }
    }

    /// The version, of a database that is up to date.
    ///
    /// @throws ArchiveException if it is of an older version of this program, or of none
    String requireCurrent() {
        if (flyway.info().pending().length > 0) {
            throw new ArchiveException("the database is of an older version; first: ./lunar db migrate");
        }
        return version();
    }

    private String version() {
        @Nullable MigrationInfo current = flyway.info().current();
        return current == null ? "" : String.valueOf(current.getVersion());
    }

    static long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from " + table)) {
            count.next();
            return count.getLong(1);
        }
    }
}
