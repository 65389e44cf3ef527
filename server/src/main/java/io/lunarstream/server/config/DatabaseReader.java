package io.lunarstream.server.config;

import io.lunarstream.server.database.DatabaseLocation;
import io.lunarstream.server.database.DatabaseLocation.PostgresDatabase;
import io.lunarstream.server.database.DatabaseLocation.SqliteFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Turns the words that were given for `database` into its location.
final class DatabaseReader {
    private static final Pattern URL = Pattern.compile("jdbc:postgresql://[^/?#@\\s]+/[^/?#@\\s]+(\\?[^#\\s]*)?");

    /// User and password have keys of their own: an address stands in logs and lists of processes.
    private static final Pattern SECRET = Pattern.compile("[?&](user|password)=", Pattern.CASE_INSENSITIVE);

    private static final String ALLOWED_URL =
            "jdbc:postgresql://HOST[:PORT]/DATABASE[?PARAMETER=VALUE…], without user and password";

    private final ServerWords words;

    DatabaseReader(Map<ConfigKey, GivenValue> values) {
        this.words = new ServerWords(values);
    }

    /// @param dataDir folder of the database where no other is given
    DatabaseLocation read(Path dataDir) {
        Optional<String> url = words.word(ConfigKey.DATABASE_URL);
        if (url.isEmpty()) {
            words.refuseWithout(
                    ConfigKey.DATABASE_URL,
                    ConfigKey.DATABASE_USER,
                    ConfigKey.DATABASE_PASSWORD,
                    ConfigKey.DATABASE_PASSWORD_FILE);
            return SqliteFile.in(dataDir);
        }
        if (!URL.matcher(url.get()).matches() || SECRET.matcher(url.get()).find()) {
            throw words.refused(ConfigKey.DATABASE_URL, ALLOWED_URL);
        }
        return new PostgresDatabase(
                url.get(),
                words.word(ConfigKey.DATABASE_USER),
                words.password(ConfigKey.DATABASE_PASSWORD, ConfigKey.DATABASE_PASSWORD_FILE));
    }
}
