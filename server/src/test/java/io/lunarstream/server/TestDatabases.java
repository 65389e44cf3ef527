package io.lunarstream.server;

import io.lunarstream.server.database.DatabaseLocation;
import io.lunarstream.server.database.DatabaseLocation.PostgresDatabase;
import io.lunarstream.server.database.DatabaseLocation.SqliteFile;
import java.nio.file.Path;
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

    static Map<String, String> environment(Path folder) {
        return switch (location(folder)) {
            case SqliteFile _ -> Map.of();
            case PostgresDatabase database -> TestPostgres.environment(database);
        };
    }
}
