package io.lunarstream.server.config;

import io.lunarstream.server.ratelimit.RateLimit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Every key of the configuration, with its default as it would be written in `lunar.yaml`.
///
/// Source: operations, "One machine".
enum ConfigKey {
    ROLE("role", "all"),
    DATA_DIR("data-dir", "./data"),
    DATABASE_URL("database.url", ""),
    DATABASE_USER("database.user", ""),
    DATABASE_PASSWORD("database.password", ""),
    DATABASE_PASSWORD_FILE("database.password-file", ""),
    SECRETS_KEY("secrets.key", ""),
    SECRETS_KEY_FILE("secrets.key-file", ""),
    SECRETS_PREVIOUS_KEYS("secrets.previous-keys", ""),
    BIND("bind", "0.0.0.0"),
    HTTP_PORT("http-port", "8080"),
    RTMP_PORT("rtmp-port", "1935"),
    HTTPS_PORT("https-port", ""),
    RTMPS_PORT("rtmps-port", ""),
    TLS_CERTIFICATE("tls.certificate", ""),
    TLS_KEY("tls.key", ""),
    MANAGEMENT_BIND("management-bind", "127.0.0.1"),
    MANAGEMENT_PORT("management-port", "9090"),
    PUBLIC_URL("public-url", ""),
    PUBLIC_RTMP_URL("public-rtmp-url", ""),
    RECONNECT_WINDOW("reconnect-window", "30s"),
    PUBLISH_TAKEOVER("publish.takeover", "replace"),
    PUSH_TOKEN_LEEWAY("push-token.leeway", "0s"),
    API_URLS("api.urls", ""),
    MEDIA_SERVER_SECRET("media-server.secret", ""),
    MEDIA_SERVER_SECRET_FILE("media-server.secret-file", ""),
    MEDIA_SERVER_MAX_STREAMS("media-server.max-streams", "200"),
    TRUSTED_PROXIES("trusted-proxies", ""),
    CDNS("cdns", ""),
    RATE_LIMITS_PARTNER_REQUESTS("rate-limits.partner.requests", requests(RateLimit.PARTNER)),
    RATE_LIMITS_PARTNER_WINDOW("rate-limits.partner.window", window(RateLimit.PARTNER)),
    RATE_LIMITS_PUBLIC_REQUESTS("rate-limits.public.requests", requests(RateLimit.PUBLIC)),
    RATE_LIMITS_PUBLIC_WINDOW("rate-limits.public.window", window(RateLimit.PUBLIC)),
    RATE_LIMITS_FAILED_AUTHENTICATIONS_REQUESTS(
            "rate-limits.failed-authentications.requests", requests(RateLimit.FAILED_AUTHENTICATIONS)),
    RATE_LIMITS_FAILED_AUTHENTICATIONS_WINDOW(
            "rate-limits.failed-authentications.window", window(RateLimit.FAILED_AUTHENTICATIONS)),
    RATE_LIMITS_LOGINS_REQUESTS("rate-limits.logins.requests", requests(RateLimit.LOGINS)),
    RATE_LIMITS_LOGINS_WINDOW("rate-limits.logins.window", window(RateLimit.LOGINS)),
    VALKEY_URL("valkey.url", ""),
    VALKEY_USER("valkey.user", ""),
    VALKEY_PASSWORD("valkey.password", ""),
    VALKEY_PASSWORD_FILE("valkey.password-file", ""),
    AUDIT_RETENTION("audit.retention", "365d"),
    LOGGING_FORMAT("logging.format", "text");

    private final String path;
    private final String defaultWord;

    ConfigKey(String path, String defaultWord) {
        this.path = path;
        this.defaultWord = defaultWord;
    }

    private static String requests(RateLimit limit) {
        return Integer.toString(limit.defaultQuota().requests());
    }

    private static String window(RateLimit limit) {
        return limit.defaultQuota().window().toSeconds() + "s";
    }

    /// The key as the file spells it, parts joined by dots.
    String path() {
        return path;
    }

    /// The default's words: one, or none where the default is an empty list or follows from other keys.
    List<String> defaults() {
        return defaultWord.isEmpty() ? List.of() : List.of(defaultWord);
    }

    /// Whether the key holds a list, which the environment writes with commas.
    boolean isList() {
        return this == TRUSTED_PROXIES || this == CDNS || this == API_URLS || this == SECRETS_PREVIOUS_KEYS;
    }

    /// The variable that sets the key: `LUNAR_` and the path in upper case with `_`.
    String environmentVariable() {
        return "LUNAR_" + path.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    static Optional<ConfigKey> ofPath(String path) {
        return Arrays.stream(values()).filter(key -> key.path.equals(path)).findFirst();
    }

    /// Every path, for messages.
    static String allPaths() {
        return Arrays.stream(values()).map(ConfigKey::path).collect(Collectors.joining(", "));
    }
}
