package io.lunarstream.server.database;

import java.nio.file.Path;
import java.util.Optional;

/// Where the state of an installation is kept.
public sealed interface DatabaseLocation {

    /// An embedded SQLite database.
    ///
    /// @param file made where it is missing
    record SqliteFile(Path file) implements DatabaseLocation {
        private static final String NAME = "lunar.db";

        /// The database of a data directory.
        public static SqliteFile in(Path dataDirectory) {
            return new SqliteFile(dataDirectory.resolve(NAME));
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /// A PostgreSQL database, on one server or on several of which one is the primary.
    ///
    /// @param url for JDBC; without user and password
    /// @param user empty for the name of the user that runs the program
    /// @param password empty if the server asks for none
    record PostgresDatabase(String url, Optional<String> user, Optional<String> password) implements DatabaseLocation {

        /// Without the secret.
        @Override
        public String toString() {
            return url;
        }
    }
}
