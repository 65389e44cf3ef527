package io.lunarstream.server.config;

import io.lunarstream.server.database.DatabaseLocation;
import io.lunarstream.server.database.DatabaseLocation.PostgresDatabase;
import io.lunarstream.server.database.DatabaseLocation.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Turns the words that were given for `database` into its location. No message of it shows a value: an address that
/// is wrong may have a password in it.
final class DatabaseReader {
    private static final Pattern URL = Pattern.compile("jdbc:postgresql://[^/?#@\\s]+/[^/?#@\\s]+(\\?[^#\\s]*)?");

    /// User and password have keys of their own: an address stands in logs and lists of processes.
    private static final Pattern SECRET = Pattern.compile("[?&](user|password)=", Pattern.CASE_INSENSITIVE);

    private static final String ALLOWED_URL =
            "jdbc:postgresql://HOST[:PORT]/DATABASE[?PARAMETER=VALUE…], without user and password";

    private static final List<ConfigKey> ONLY_WITH_URL =
            List.of(ConfigKey.DATABASE_USER, ConfigKey.DATABASE_PASSWORD, ConfigKey.DATABASE_PASSWORD_FILE);

    private final Map<ConfigKey, GivenValue> values;

    DatabaseReader(Map<ConfigKey, GivenValue> values) {
        this.values = values;
    }

    /// @param dataDir folder of the database where no other is given
    DatabaseLocation read(Path dataDir) {
        Optional<String> url = word(ConfigKey.DATABASE_URL);
        if (url.isEmpty()) {
            ONLY_WITH_URL.stream().filter(values::containsKey).findFirst().ifPresent(key -> {
                throw refused(key, "database.url beside it");
            });
            return SqliteFile.in(dataDir);
        }
        if (!URL.matcher(url.get()).matches() || SECRET.matcher(url.get()).find()) {
            throw refused(ConfigKey.DATABASE_URL, ALLOWED_URL);
        }
        return new PostgresDatabase(url.get(), word(ConfigKey.DATABASE_USER), password());
    }

    private Optional<String> password() {
        return word(ConfigKey.DATABASE_PASSWORD)
                .or(() -> word(ConfigKey.DATABASE_PASSWORD_FILE).map(this::firstLine));
    }

    private String firstLine(String file) {
        try (Stream<String> lines = Files.lines(SettingsReader.path(file))) {
            return lines.findFirst().filter(line -> !line.isEmpty()).orElseThrow(this::noPasswordFile);
        } catch (IOException | RuntimeException e) {
            throw noPasswordFile();
        }
    }

    private ConfigException noPasswordFile() {
        return refused(
                ConfigKey.DATABASE_PASSWORD_FILE,
                "a file that this user can read, with the password as its" + " first line");
    }

    private Optional<String> word(ConfigKey key) {
        return Optional.ofNullable(values.get(key)).map(given -> given.words().getFirst());
    }

    private ConfigException refused(ConfigKey key, String allowed) {
        String source =
                Optional.ofNullable(values.get(key)).map(GivenValue::source).orElse("default");
        return new ConfigException(key.path() + ": the value is not allowed (" + source + "); allowed: " + allowed);
    }
}
