package io.lunarstream.server;

import io.lunarstream.server.command.DatabaseTask;
import io.lunarstream.server.config.ConfigException;
import io.lunarstream.server.config.Configuration;
import io.lunarstream.server.config.DataDirectory;
import io.lunarstream.server.config.Settings;
import io.lunarstream.server.database.ArchiveException;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.DatabaseExport;
import io.lunarstream.server.database.DatabaseImport;
import io.lunarstream.server.database.DatabaseLocation;
import io.lunarstream.server.database.DatabaseLocation.SqliteFile;
import io.lunarstream.server.database.DatabaseUnavailableException;
import io.lunarstream.server.database.UnusableDatabaseException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What `./lunar db` does. Source: operations, "Many machines".
final class DatabaseWork {
    private DatabaseWork() {}

    /// Carries out a task on the database that the configuration names, and says what was done.
    ///
    /// @throws ConfigException with a line for the user, if it cannot be done
    static String carryOut(DatabaseTask task) {
        return carryOut(
                task, Configuration.read(task.options(), System.getenv()).settings());
    }

    static String carryOut(DatabaseTask task, Settings settings) {
        try {
            return carryOut(task, settings.dataDir(), settings.database());
        } catch (ArchiveException | DatabaseUnavailableException | UnusableDatabaseException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private static String carryOut(DatabaseTask task, Path dataDirectory, DatabaseLocation location) {
        if (location instanceof SqliteFile(Path file)) {
            requireFolder(task, dataDirectory, file);
        }
        return switch (task) {
            case DatabaseTask.Migrate _ -> location + " has tables of version " + Database.migrate(location) + ".";
            case DatabaseTask.Export export ->
                DatabaseExport.write(location, export.file()) + " rows of " + location + " are in " + export.file()
                        + ".";
            case DatabaseTask.Import filling ->
                DatabaseImport.read(location, filling.file()) + " rows of " + filling.file() + " are in " + location
                        + ".";
        };
    }

    /// What is exported must be there; what is imported may make its folder.
    private static void requireFolder(DatabaseTask task, Path dataDirectory, Path file) {
        switch (task) {
            case DatabaseTask.Export _ -> {
                if (!Files.exists(file)) {
                    throw new ConfigException(
                            "no installation in " + dataDirectory + "; name its folder by --data-dir");
                }
            }
            case DatabaseTask.Migrate _, DatabaseTask.Import _ -> DataDirectory.open(dataDirectory);
        }
    }
}
