package io.lunarstream.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The words that were given for a server that wants a password or a secret. No message of it shows a value: an address
/// that is wrong may have a password in it.
record ServerWords(Map<ConfigKey, GivenValue> values) {

    /// What was given for a key.
    Optional<String> word(ConfigKey key) {
        return Optional.ofNullable(values.get(key)).map(given -> given.words().getFirst());
    }

    /// The password itself, or the first line of its file.
    Optional<String> password(ConfigKey password, ConfigKey file) {
        return word(password).or(() -> word(file).map(path -> firstLine(file, path)));
    }

    /// These keys mean nothing without that one.
    ///
    /// @throws ConfigException if one of them was given all the same
    void refuseWithout(ConfigKey url, ConfigKey... keys) {
        for (ConfigKey key : keys) {
            if (values.containsKey(key)) {
                throw refused(key, url.path() + " beside it");
            }
        }
    }

    /// That a value is not allowed, and what is.
    ConfigException refused(ConfigKey key, String allowed) {
        String source =
                Optional.ofNullable(values.get(key)).map(GivenValue::source).orElse("default");
        return new ConfigException(key.path() + ": the value is not allowed (" + source + "); allowed: " + allowed);
    }

    private String firstLine(ConfigKey key, String file) {
        try (Stream<String> lines = Files.lines(SettingsReader.path(file))) {
            return lines.findFirst().filter(line -> !line.isEmpty()).orElseThrow(() -> noPasswordIn(key));
        } catch (IOException | RuntimeException e) {
            throw noPasswordIn(key);
        }
    }

    private ConfigException noPasswordIn(ConfigKey file) {
        return refused(file, "a file that this user can read, with the password or secret as its first line");
    }
}
