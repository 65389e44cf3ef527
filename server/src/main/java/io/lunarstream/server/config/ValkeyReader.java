package io.lunarstream.server.config;

import io.lunarstream.server.cluster.ValkeyAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Turns the words that were given for `valkey` into its address. No message of it shows a value: an address that is
/// wrong may have a password in it.
final class ValkeyReader {
    /// User and password have keys of their own: an address stands in logs and lists of processes.
    private static final Pattern URL = Pattern.compile("rediss?://[^/?#@\\s]+(/[0-9]{1,4})?");

    private static final String ALLOWED_URL =
            "redis://HOST[:PORT][/DATABASE], or rediss:// for TLS, without user and password";

    private static final List<ConfigKey> ONLY_WITH_URL =
            List.of(ConfigKey.VALKEY_USER, ConfigKey.VALKEY_PASSWORD, ConfigKey.VALKEY_PASSWORD_FILE);

    private final Map<ConfigKey, GivenValue> values;

    ValkeyReader(Map<ConfigKey, GivenValue> values) {
        this.values = values;
    }

    /// Empty if none is configured.
    Optional<ValkeyAddress> read() {
        Optional<String> text = word(ConfigKey.VALKEY_URL);
        if (text.isEmpty()) {
            ONLY_WITH_URL.stream().filter(values::containsKey).findFirst().ifPresent(key -> {
                throw refused(key, "valkey.url beside it");
            });
        }
        return text.map(url -> new ValkeyAddress(url(url), word(ConfigKey.VALKEY_USER), password()));
    }

    private URI url(String text) {
        if (URL.matcher(text).matches()) {
            try {
                URI url = URI.create(text);
                if (url.getHost() != null) {
                    return url;
                }
            } catch (IllegalArgumentException e) {
                // Told below, without the text.
            }
        }
        throw refused(ConfigKey.VALKEY_URL, ALLOWED_URL);
    }

    private Optional<String> password() {
        return word(ConfigKey.VALKEY_PASSWORD)
                .or(() -> word(ConfigKey.VALKEY_PASSWORD_FILE).map(this::firstLine));
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
                ConfigKey.VALKEY_PASSWORD_FILE, "a file that this user can read, with the password as its first line");
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
