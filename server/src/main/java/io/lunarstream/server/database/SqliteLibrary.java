package io.lunarstream.server.database;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;

/// The native library of SQLite. The driver unpacks it into a file, loads that, and deletes it when the program ends:
/// one that is killed would leave 1.3 MB behind each time. So it is unpacked into a folder of this program's own, and
/// both are gone once it is loaded.
final class SqliteLibrary {
    private static final String FOLDER = "org.sqlite.tmpdir";

    private static boolean loaded;

    private SqliteLibrary() {}

    /// Loads it, once.
    ///
    /// @throws UnusableDatabaseException if it cannot be unpacked or loaded
    static synchronized void load() {
        if (loaded) {
            return;
        }
        Path parent = Path.of(System.getProperty(FOLDER, System.getProperty("java.io.tmpdir")));
        try {
            Path folder = Files.createTempDirectory(parent, "lunar-sqlite-");
            System.setProperty(FOLDER, folder.toString());
            try {
                SQLiteJDBCLoader.initialize();
            } finally {
                delete(folder);
            }
        } catch (Exception e) { // which is all that the driver declares
            throw new UnusableDatabaseException(
                    "the library of SQLite cannot be loaded from %s (%s); name a folder where programs may be written and run:"
                                    .formatted(parent, e.getMessage())
                            + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER");
        }
        loaded = true;
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
