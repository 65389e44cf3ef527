package io.lunarstream.server.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns the words that were given for `api` and `media-server.secret` into how a media node reaches the API.
final class ApiAccessReader {
    private static final String ALLOWED_URLS =
            "addresses of the API that start with http:// or https://, without a path, as http://api-1:8080";

    private static final String ALLOWED_SECRET = "the secret that ./lunar media-server add has shown";

    private final Map<ConfigKey, GivenValue> values;
    private final ServerWords words;

    ApiAccessReader(Map<ConfigKey, GivenValue> values) {
        this.values = values;
        this.words = new ServerWords(values);
    }

    /// Empty for a role that needs none. What was given all the same is not looked at: nodes may share a file.
    Optional<ApiAccess> read(Role role) {
        return role == Role.MEDIA ? Optional.of(new ApiAccess(urls(), secret())) : Optional.empty();
    }

    private List<URI> urls() {
        return Optional.ofNullable(values.get(ConfigKey.API_URLS))
                .map(given -> given.words().stream().map(this::url).toList())
                .filter(urls -> !urls.isEmpty())
                .orElseThrow(() -> missing(ConfigKey.API_URLS, ALLOWED_URLS));
    }

    private URI url(String text) {
        try {
            URI url = SettingsReader.url(text.strip(), "http", "https");
            if (url.getRawPath().isEmpty()) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Told below, without the text: it may have a password in it.
        }
        throw words.refused(ConfigKey.API_URLS, ALLOWED_URLS);
    }

    private String secret() {
        return words.password(ConfigKey.MEDIA_SERVER_SECRET, ConfigKey.MEDIA_SERVER_SECRET_FILE)
                .orElseThrow(() -> missing(ConfigKey.MEDIA_SERVER_SECRET, ALLOWED_SECRET));
    }

    private static ConfigException missing(ConfigKey key, String allowed) {
        return new ConfigException(key.path() + " is not set, and role media needs it: " + allowed);
    }
}
