package io.lunarstream.server;

import io.lunarstream.server.database.DatabaseLocation;
import io.lunarstream.server.database.DatabaseLocation.PostgresDatabase;
import io.lunarstream.server.database.DatabaseLocation.SqliteFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/// The database of the server of a folder: SQLite in that folder, or one of the [TestPostgres] that all tests share.
/// The system property `lunar.test.database` says which, so that the same tests run on both.
public final class TestDatabases {
    private static final boolean ON_POSTGRES = "postgresql".equals(System.getProperty("lunar.test.database"));

    private TestDatabases() {}

    /// The same for the same folder, as long as that is there.
    public static DatabaseLocation location(Path folder) {
        return ON_POSTGRES ? TestPostgres.shared().database(folder) : SqliteFile.in(folder);
    }

    /// Keeps everybody from writing livestreams until it is closed.
    public static Connection occupy(Path folder) throws SQLException {
        return switch (location(folder)) {
            case SqliteFile(Path file) -> with(DriverManager.getConnection("jdbc:sqlite:" + file), "begin immediate");
            case PostgresDatabase database ->
                with(TestPostgres.connect(database), "begin; lock table livestream in exclusive mode");
        };
    }

    /// All that is stored, as text in which stored texts can be found.
    public static String contents(Path folder) throws IOException, SQLException {
        return switch (location(folder)) {
            case SqliteFile(Path file) -> bytes(file) + bytes(Path.of(file + "-wal"));
            case PostgresDatabase database -> {
                try (Connection connection = TestPostgres.connect(database);
                        Statement statement = connection.createStatement();
                        ResultSet all = statement.executeQuery("select schema_to_xml('public', true, false, '')")) {
                    all.next();
                    yield all.getString(1);
                }
            }
        };
    }

    private static String bytes(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }

    private static Connection with(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    /// The configuration that leads a server to it.
    public static Map<String, String> environment(Path folder) {
        return switch (location(folder)) {
            case SqliteFile _ -> Map.of();
            case PostgresDatabase database -> TestPostgres.environment(database);
        };
    }
}
