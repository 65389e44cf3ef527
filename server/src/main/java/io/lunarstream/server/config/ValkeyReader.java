package io.lunarstream.server.config;

import io.lunarstream.server.cluster.ValkeyAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Turns the words that were given for `valkey` into its address.
final class ValkeyReader {
    /// User and password have keys of their own: an address stands in logs and lists of processes.
    private static final Pattern URL = Pattern.compile("rediss?://[^/?#@\\s]+(/[0-9]{1,4})?");

    private static final String ALLOWED_URL =
            "redis://HOST[:PORT][/DATABASE], or rediss:// for TLS, without user and password";

    private final ServerWords words;

    ValkeyReader(Map<ConfigKey, GivenValue> values) {
        this.words = new ServerWords(values);
    }

    /// Empty if none is configured.
    Optional<ValkeyAddress> read() {
        Optional<String> text = words.word(ConfigKey.VALKEY_URL);
        if (text.isEmpty()) {
            words.refuseWithout(
                    ConfigKey.VALKEY_URL,
                    ConfigKey.VALKEY_USER,
                    ConfigKey.VALKEY_PASSWORD,
                    ConfigKey.VALKEY_PASSWORD_FILE);
        }
        return text.map(url -> new ValkeyAddress(
                url(url),
                words.word(ConfigKey.VALKEY_USER),
                words.password(ConfigKey.VALKEY_PASSWORD, ConfigKey.VALKEY_PASSWORD_FILE)));
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
        throw words.refused(ConfigKey.VALKEY_URL, ALLOWED_URL);
    }
}
