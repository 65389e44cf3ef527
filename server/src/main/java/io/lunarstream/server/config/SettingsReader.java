package io.lunarstream.server.config;

import io.lunarstream.server.config.Settings.Cdn;
import io.lunarstream.server.config.Settings.LogFormat;
import io.lunarstream.server.config.Settings.Tls;
import io.lunarstream.server.live.LiveSettings.Takeover;
import io.lunarstream.server.ratelimit.Quota;
import io.lunarstream.server.ratelimit.RateLimit;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Turns the words that were given for each key into checked [Settings].
final class SettingsReader {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern CDN = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,63})((?:@[^@=,]{1,64})*)=(.+)");

    /// Longer than any encoder's own retry pause; a stream that has been silent for longer is over.
    private static final Duration MAX_RECONNECT_WINDOW = Duration.ofMinutes(5);

    /// Clocks that differ by more than this are broken, and a leeway this long would be a second lifetime.
    private static final Duration MAX_LEEWAY = Duration.ofMinutes(5);

    /// More publishers than one machine can serve; above it the number is a typing error.
    private static final int MAX_STREAMS = 100_000;

    /// Above it the number is a typing error; "no limit" is written with a number that nobody reaches.
    private static final int MAX_LIMITED_REQUESTS = 1_000_000_000;

    /// A client that is over a limit is told to wait for so long at the most.
    private static final Duration MAX_RATE_LIMIT_WINDOW = Duration.ofHours(1);

    /// An audit log that forgets faster explains nothing the morning after.
    private static final Duration MIN_AUDIT_RETENTION = Duration.ofDays(1);

    /// Ten years: above it the number is a typing error.
    private static final Duration MAX_AUDIT_RETENTION = Duration.ofDays(3650);

    private static final int MAX_PORT = 65_535;

    private static final String PEM_FILE = "paths of PEM files";

    private final Map<ConfigKey, GivenValue> values;

    SettingsReader(Map<ConfigKey, GivenValue> values) {
        this.values = values;
    }

    Settings read() {
        Path dataDir = one(ConfigKey.DATA_DIR, "a path", SettingsReader::path);
        Role role = word(ConfigKey.ROLE, Role.values());
        return new Settings(
                role,
                new ApiAccessReader(values).read(role),
                dataDir,
                new DatabaseReader(values).read(dataDir),
                new EncryptionKeysReader(values).read(role),
                one(ConfigKey.BIND, "an IP address", SettingsReader::address),
                number(ConfigKey.HTTP_PORT, 0, MAX_PORT),
                number(ConfigKey.RTMP_PORT, 0, MAX_PORT),
                tls(),
                one(ConfigKey.MANAGEMENT_BIND, "an IP address", SettingsReader::address),
                number(ConfigKey.MANAGEMENT_PORT, 0, MAX_PORT),
                optionalUrl(ConfigKey.PUBLIC_URL, "http", "https"),
                optionalUrl(ConfigKey.PUBLIC_RTMP_URL, "rtmp", "rtmps"),
                duration(ConfigKey.RECONNECT_WINDOW, MAX_RECONNECT_WINDOW),
                word(ConfigKey.PUBLISH_TAKEOVER, Takeover.values()),
                duration(ConfigKey.PUSH_TOKEN_LEEWAY, MAX_LEEWAY),
                number(ConfigKey.MEDIA_SERVER_MAX_STREAMS, 1, MAX_STREAMS),
                all(ConfigKey.TRUSTED_PROXIES, "IP addresses or CIDR blocks", AddressRange::parse),
                cdns(),
                rateLimits(),
                new ValkeyReader(values).read(),
                auditRetention(),
                word(ConfigKey.LOGGING_FORMAT, LogFormat.values()));
    }

    private <T> List<T> all(ConfigKey key, String allowed, Function<String, T> parser) {
        GivenValue given = values.getOrDefault(key, new GivenValue(key.defaults(), "default"));
        return given.words().stream()
                .map(word -> parse(key, given, word.strip(), allowed, parser))
                .toList();
    }

    private <T> T parse(ConfigKey key, GivenValue given, String word, String allowed, Function<String, T> parser) {
        try {
            return parser.apply(word);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key.path() + ": \"" + word.replaceAll("\\R", " ") + "\" is not allowed ("
                    + given.source() + "); allowed: " + allowed);
        }
    }

    private <T> Optional<T> optional(ConfigKey key, String allowed, Function<String, T> parser) {
        return all(key, allowed, parser).stream().findFirst();
    }

    private <T> T one(ConfigKey key, String allowed, Function<String, T> parser) {
        return optional(key, allowed, parser).orElseThrow();
    }

    private int number(ConfigKey key, int least, int most) {
        return one(key, "a whole number from " + least + " to " + most, text -> {
            int number = Integer.parseInt(text);
            require(number >= least && number <= most);
            return number;
        });
    }

    /// A port that is not given is not opened. One that is needs both files, or its encryption would be a surprise.
    private Optional<Tls> tls() {
        OptionalInt httpsPort = optionalNumber(ConfigKey.HTTPS_PORT, 0, MAX_PORT);
        OptionalInt rtmpsPort = optionalNumber(ConfigKey.RTMPS_PORT, 0, MAX_PORT);
        Optional<Path> certificate = optional(ConfigKey.TLS_CERTIFICATE, PEM_FILE, SettingsReader::path);
        Optional<Path> key = optional(ConfigKey.TLS_KEY, PEM_FILE, SettingsReader::path);
        requireWith(httpsPort.isPresent(), ConfigKey.HTTPS_PORT, certificate, ConfigKey.TLS_CERTIFICATE);
        requireWith(rtmpsPort.isPresent(), ConfigKey.RTMPS_PORT, certificate, ConfigKey.TLS_CERTIFICATE);
        requireWith(certificate.isPresent(), ConfigKey.TLS_CERTIFICATE, key, ConfigKey.TLS_KEY);
        requireWith(key.isPresent(), ConfigKey.TLS_KEY, certificate, ConfigKey.TLS_CERTIFICATE);
        return certificate.flatMap(file -> key.map(keyFile -> new Tls(file, keyFile, httpsPort, rtmpsPort)));
    }

    private void requireWith(boolean given, ConfigKey key, Optional<?> other, ConfigKey otherKey) {
        if (given && other.isEmpty()) {
            GivenValue value = Objects.requireNonNull(values.get(key));
            throw new ConfigException(key.path() + ": \"" + String.join(",", value.words()) + "\" is not allowed ("
                    + value.source() + ") without " + otherKey.path() + "; allowed: tls.certificate and tls.key, "
                    + PEM_FILE);
        }
    }

    private OptionalInt optionalNumber(ConfigKey key, int least, int most) {
        return values.containsKey(key) ? OptionalInt.of(number(key, least, most)) : OptionalInt.empty();
    }

    private Duration duration(ConfigKey key, Duration most) {
        return one(key, "a time from 0s to " + most.toSeconds() + "s, such as 500ms, 30s or 2m", text -> {
            Duration duration = duration(text);
            require(duration.compareTo(most) <= 0);
            return duration;
        });
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        require(matcher.matches());
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private <E extends Enum<E>> E word(ConfigKey key, E[] words) {
        String allowed = Arrays.stream(words).map(SettingsReader::spelling).collect(Collectors.joining(" or "));
        return one(
                key,
                allowed,
                text -> Arrays.stream(words)
                        .filter(word -> spelling(word).equals(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new));
    }

    private static String spelling(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private Optional<URI> optionalUrl(ConfigKey key, String scheme, String secureScheme) {
        String allowed = "an address that starts with " + scheme + ":// or " + secureScheme + "://, without ? and #";
        return optional(key, allowed, text -> url(text, scheme, secureScheme));
    }

    static URI url(String text, String scheme, String secureScheme) {
        URI url = URI.create(text.replaceAll("/+$", ""));
        require(scheme.equals(url.getScheme()) || secureScheme.equals(url.getScheme()));
        require(url.getHost() != null && url.getRawUserInfo() == null);
        require(url.getRawQuery() == null && url.getRawFragment() == null);
        return url;
    }

    private List<Cdn> cdns() {
        Set<String> names = new HashSet<>(Set.of("origin"));
        return all(
                ConfigKey.CDNS,
                "entries of a name (unlike the others, and not origin), an http(s) url and perhaps regions",
                text -> {
                    Matcher matcher = CDN.matcher(text);
                    require(matcher.matches() && names.add(matcher.group(1)));
                    Cdn cdn = new Cdn(
                            matcher.group(1), matcher.group(3).replaceAll("/+$", ""), regions(matcher.group(2)));
                    url(cdn.url("name"), "http", "https");
                    return cdn;
                });
    }

    private static List<String> regions(String text) {
        return text.isEmpty() ? List.of() : List.of(text.substring(1).split("@", -1));
    }

    private Map<RateLimit, Quota> rateLimits() {
        Map<RateLimit, Quota> quotas = new EnumMap<>(RateLimit.class);
        for (RateLimit limit : RateLimit.values()) {
            String path = "rate-limits." + limit.policyName();
            ConfigKey requests = ConfigKey.ofPath(path + ".requests").orElseThrow();
            ConfigKey window = ConfigKey.ofPath(path + ".window").orElseThrow();
            quotas.put(limit, new Quota(number(requests, 1, MAX_LIMITED_REQUESTS), rateLimitWindow(window)));
        }
        return quotas;
    }

    /// Whole seconds, because that is how clients are told.
    private Duration rateLimitWindow(ConfigKey key) {
        return one(key, "a time from 1s to " + MAX_RATE_LIMIT_WINDOW.toSeconds() + "s in whole seconds", text -> {
            Duration window = duration(text);
            require(window.toSeconds() >= 1 && window.toMillisPart() == 0);
            require(window.compareTo(MAX_RATE_LIMIT_WINDOW) <= 0);
            return window;
        });
    }

    private Duration auditRetention() {
        String allowed = "a time from " + MIN_AUDIT_RETENTION.toDays() + "d to " + MAX_AUDIT_RETENTION.toDays() + "d";
        return one(ConfigKey.AUDIT_RETENTION, allowed, text -> {
            Duration retention = duration(text);
            require(retention.compareTo(MIN_AUDIT_RETENTION) >= 0);
            require(retention.compareTo(MAX_AUDIT_RETENTION) <= 0);
            return retention;
        });
    }

    static Path path(String text) {
        require(!text.isEmpty());
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String address(String text) {
        return AddressRange.address(text).getHostAddress();
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException();
        }
    }
}
