package io.lunarstream.server.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.server.TestDatabases;
import io.lunarstream.server.database.DatabaseLocation.PostgresDatabase;
import io.lunarstream.server.database.DatabaseLocation.SqliteFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that holds something else.
class ForeignTablesIT {

    @Test
    void aStartOnThemEndsWithOneLineAndLeavesThemAlone(@TempDir Path folder) throws SQLException {
        DatabaseLocation location = TestDatabases.location(folder);
        try (Connection connection = connect(location);
                Statement statement = connection.createStatement()) {
            if (location instanceof PostgresDatabase) {
                statement.execute("drop schema public cascade; create schema public");
            }
            statement.execute("create table project (theirs integer)");
            assertThatThrownBy(() -> Database.open(location))
                    .isInstanceOf(UnusableDatabaseException.class)
                    .hasMessage(
                            "the database holds tables of something else; give Lunar Stream an empty one of its own");
            statement.execute("select theirs from project");
        }
    }

    private static Connection connect(DatabaseLocation location) throws SQLException {
        return switch (location) {
            case SqliteFile(Path file) -> DriverManager.getConnection("jdbc:sqlite:" + file);
            case PostgresDatabase database ->
                DriverManager.getConnection(
                        database.url(),
                        database.user().orElseThrow(),
                        database.password().orElseThrow());
        };
    }
}
