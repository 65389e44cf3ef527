package io.lunarstream.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.server.cluster.ValkeyAddress;
import io.lunarstream.server.config.Addresses.Ports;
import io.lunarstream.server.config.Settings.Cdn;
import io.lunarstream.server.config.Settings.LogFormat;
import io.lunarstream.server.config.Settings.Tls;
import io.lunarstream.server.database.DatabaseLocation.PostgresDatabase;
import io.lunarstream.server.database.DatabaseLocation.SqliteFile;
import io.lunarstream.server.live.LiveSettings.Takeover;
import io.lunarstream.server.ratelimit.Quota;
import io.lunarstream.server.ratelimit.RateLimit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    private static final Path SHIPPED = Path.of("..", "lunar.yaml");

    @TempDir
    Path folder = Path.of("");

    @Test
    void everyKeyHasItsDocumentedDefault() {
        Settings settings = read(Map.of());
        assertThat(settings)
                .isEqualTo(new Settings(
                        Role.ALL,
                        Optional.empty(),
                        Path.of("./data"),
                        SqliteFile.in(Path.of("./data")),
                        Optional.empty(),
                        "0.0.0.0",
                        8080,
                        1935,
                        Optional.empty(),
                        "127.0.0.1",
                        9090,
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(30),
                        Takeover.REPLACE,
                        Duration.ZERO,
                        200,
                        List.of(),
                        List.of(),
                        Map.of(
                                RateLimit.PARTNER, new Quota(100, Duration.ofSeconds(60)),
                                RateLimit.PUBLIC, new Quota(1000, Duration.ofSeconds(60)),
                                RateLimit.FAILED_AUTHENTICATIONS, new Quota(20, Duration.ofSeconds(60)),
                                RateLimit.LOGINS, new Quota(20, Duration.ofSeconds(60))),
                        Optional.empty(),
                        Duration.ofDays(365),
                        LogFormat.TEXT));
    }

    @Test
    void theShippedFileSetsEveryDefault() {
        assertThat(Configuration.read(List.of("--config", SHIPPED.toString()), Map.of())
                        .settings())
                .isEqualTo(read(Map.of()));
    }

    @Test
    void theShippedFileDocumentsEveryKeyAndNoOther() throws IOException {
        String everyKeySet = Files.readAllLines(SHIPPED).stream()
                .filter(line -> !line.equals("cdns: []"))
                .map(line -> line.matches("#([a-z]|  ).*") ? line.substring(1) : line)
                .collect(Collectors.joining("\n"));
        Map<ConfigKey, GivenValue> values = ConfigFile.read(file(everyKeySet));
        assertThat(values.keySet()).containsExactlyInAnyOrder(ConfigKey.values());
        // What the file says in their place is no secret, so it is not allowed.
        values.keySet().removeIf(key -> key.path().startsWith("secrets."));
        assertThat(new SettingsReader(values).read().cdns())
                .containsExactly(new Cdn("example", "https://cdn.example.com/hls", List.of("eu", "us")));
    }

    @Test
    void anOptionBeatsTheEnvironmentWhichBeatsTheFile() throws IOException {
        Path file = file("http-port: 1\nrtmp-port: 1\nmanagement-port: 1");
        Settings settings = Configuration.read(
                        List.of("--config=" + file, "--http-port", "3"),
                        Map.of("LUNAR_HTTP_PORT", "2", "LUNAR_RTMP_PORT", "2"))
                .settings();
        assertThat(List.of(settings.httpPort(), settings.rtmpPort(), settings.managementPort()))
                .containsExactly(3, 2, 1);
    }

    @Test
    void theEnvironmentNamesTheFileAndWritesListsWithCommas() throws IOException {
        Path file = file("publish: {takeover: refuse}");
        Settings settings = Configuration.read(
                        List.of(),
                        Map.of(
                                "LUNAR_CONFIG",
                                file.toString(),
                                "LUNAR_CDNS",
                                "a=https://a.example/hls/,b@eu@us east=http://b.example",
                                "LUNAR_TRUSTED_PROXIES",
                                "10.0.0.0/8, ::1"))
                .settings();
        assertThat(settings.takeover()).isEqualTo(Takeover.REFUSE);
        assertThat(settings.cdns())
                .containsExactly(
                        new Cdn("a", "https://a.example/hls", List.of()),
                        new Cdn("b", "http://b.example", List.of("eu", "us east")));
        Cdn apart = read(Map.of("LUNAR_CDNS", "c=https://c.example/{mediaServer}/hls/"))
                .cdns()
                .getFirst();
        assertThat(apart.url("node 1")).isEqualTo("https://c.example/node%201/hls");
        assertThat(settings.trustedProxies())
                .containsExactly(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1/128"));
    }

    @Test
    void anUnknownVariableOnlyWarns() {
        Configuration configuration = Configuration.read(List.of(), Map.of("LUNAR_HTP_PORT", "1", "OTHER", "1"));
        assertThat(configuration.warnings()).hasSize(1).first().asString().contains("LUNAR_HTP_PORT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http-port: abc               | http-port | abc      | a whole number from 0 to 65535",
                "http-port: 65536             | http-port | 65536    | a whole number from 0 to 65535",
                "http-port: [1]               | http-port | 1        | one value",
                "trusted-proxies: 10.0.0.1    | trusted-proxies | 10.0.0.1 | a list",
                "trusted-proxies: [10.0.0/8]  | trusted-proxies | 10.0.0/8 | CIDR",
                "trusted-proxies: [10.0.0.0/33] | trusted-proxies | 10.0.0.0/33 | CIDR",
                "bind: localhost              | bind      | localhost | an IP address",
                "public-url: ftp://x          | public-url | ftp://x | http://",
                "public-url: http://x/?a=b    | public-url | http://x/?a=b | without ?",
                "public-rtmp-url: http://x    | public-rtmp-url | http://x | rtmp://",
                "https-port: 8443             | https-port | 8443   | without tls.certificate; allowed: tls.certificate and",
                "rtmps-port: 1936             | rtmps-port | 1936   | without tls.certificate",
                "https-port: -1               | https-port | -1     | a whole number from 0 to 65535",
                "tls: {certificate: c.pem}    | tls.certificate | c.pem | without tls.key",
                "tls: {key: k.pem}            | tls.key   | k.pem    | without tls.certificate",
                "reconnect-window: 301s       | reconnect-window | 301s | from 0s to 300s",
                "reconnect-window: 30         | reconnect-window | 30 | such as 500ms, 30s or 2m",
                "publish: {takeover: maybe}   | publish.takeover | maybe | replace or refuse",
                "media-server: {max-streams: 0} | media-server.max-streams | 0 | from 1",
                "cdns: [{name: origin, url: 'http://x'}] | cdns | origin=http://x | not origin",
                "cdns: [{name: a, uri: 'http://x'}] | cdns.uri | http://x | name, url, regions",
                "cdns: [{name: a, url: 'http://x', regions: ['']}] | cdns | a@=http://x | perhaps regions",
                "cdns: [{name: a, url: 'http://x', regions: [a@b=c]}] | cdns | a@a@b=c=http://x | an http(s) url",
                "rate-limits: {partner: {requests: 0}} | rate-limits.partner.requests | 0 | from 1",
                "rate-limits: {public: {window: 1500ms}} | rate-limits.public.window | 1500ms | whole seconds",
                "rate-limits: {logins: {window: 61m}} | rate-limits.logins.window | 61m | from 1s to 3600s",
                "audit: {retention: 23h}      | audit.retention | 23h | from 1d to 3650d",
                "audit: {retention: 3651d}    | audit.retention | 3651d | from 1d to 3650d",
                "logging: {format: xml}       | logging.format | xml | text or json",
                "htp-port: 8080               | htp-port  | 8080     | allowed keys: role,",
                "publish: {take-over: replace} | publish.take-over | replace | allowed keys: role,",
            })
    void aBadValueOrUnknownKeyIsOneLineThatNamesKeyValueAndWhatIsAllowed(
            String yaml, String key, String value, String allowed) throws IOException {
        Path file = file(yaml);
        assertThatThrownBy(() -> Configuration.read(List.of("--config", file.toString()), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(key, "\"" + value + "\"", allowed)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "valkey: {url: 'redis://:hunter2@x'}",
                "valkey: {url: 'http://hunter2'}",
                "valkey: {url: 'redis://x/?password=hunter2'}",
                "valkey: {url: 'redis://x', password-file: hunter2}",
                "valkey: {pasword: hunter2}",
                "valkey: {password: [hunter2]}",
                "valkey: {password: hunter2}",
            })
    void noMessageShowsAPasswordOfValkey(String yaml) throws IOException {
        Path file = file(yaml);
        assertThatThrownBy(() -> Configuration.read(List.of("--config", file.toString()), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("valkey.")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void thePasswordOfValkeyIsTheFirstLineOfItsFileAndNotShown() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "pass word\nsecond line\n");
        Settings settings = read(Map.of(
                "LUNAR_VALKEY_URL", "rediss://valkey.example/3", "LUNAR_VALKEY_PASSWORD_FILE", secret.toString()));
        assertThat(settings.valkey())
                .contains(new ValkeyAddress(
                        URI.create("rediss://valkey.example/3"), Optional.empty(), Optional.of("pass word")));
        assertThat(settings.toString()).doesNotContain("pass word");
    }

    @Test
    void aMediaNodeKnowsItsApiAndItsSecretWhichIsNotShown() throws IOException {
        Path secret = Files.writeString(folder.resolve("node-secret"), "ls_ms_v1_x\n");
        Settings settings = read(Map.of(
                "LUNAR_ROLE", "media",
                "LUNAR_API_URLS", "http://api-1:8080,https://api.example/",
                "LUNAR_MEDIA_SERVER_SECRET_FILE", secret.toString()));
        assertThat(settings.role()).isEqualTo(Role.MEDIA);
        assertThat(settings.api())
                .contains(new ApiAccess(
                        List.of(URI.create("http://api-1:8080"), URI.create("https://api.example")), "ls_ms_v1_x"));
        assertThat(settings.toString()).doesNotContain("ls_ms_v1_x");
        assertThat(read(Map.of()).role()).isEqualTo(Role.ALL);
        assertThat(read(Map.of("LUNAR_ROLE", "api", "LUNAR_MEDIA_SERVER_SECRET", "x"))
                        .api())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role: both | role | both | all or api or media",
                "{role: media, media-server: {secret: x}} | api.urls | media | http://",
                "{role: media, api: {urls: [http://a]}} | media-server.secret | media | ./lunar media-server add",
                "{role: media, api: {urls: []}, media-server: {secret: x}} | api.urls | media | http://",
                "{role: media, api: {urls: [http://a/api/v1]}, media-server: {secret: x}} | api.urls | without a path | http://",
                "{role: media, api: {urls: [ftp://a]}, media-server: {secret: x}} | api.urls | http:// | http://",
                "{role: media, api: {urls: http://a}, media-server: {secret: x}} | api.urls | a list | http://a",
            })
    void aRoleThatCannotBePlayedStopsTheStart(String yaml, String key, String part, String another) throws IOException {
        Path file = file(yaml);
        assertThatThrownBy(() -> Configuration.read(List.of("--config", file.toString()), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(part)
                .hasMessageContaining(another);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{role: media, api: {urls: ['http://hunter2@a']}, media-server: {secret: x}}",
                "media-server: {secrett: hunter2}",
                "media-server: {secret: [hunter2]}",
                "{role: media, api: {urls: [http://a]}, media-server: {secret-file: hunter2}}",
            })
    void noMessageShowsASecretOfAMediaNode(String yaml) throws IOException {
        Path file = file(yaml);
        assertThatThrownBy(() -> Configuration.read(List.of("--config", file.toString()), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aFileThatIsNotYamlIsOneLineWithItsPlace() throws IOException {
        Path file = file("http-port: 1\nhttp-port: 2");
        assertThatThrownBy(() -> Configuration.read(List.of("--config", file.toString()), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("\n");
    }

    @Test
    void anUnknownOptionNamesTheKnownOnes() {
        assertThatThrownBy(() -> Configuration.read(List.of("--port", "1"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("--port", "--http-port");
        assertThatThrownBy(() -> Configuration.read(List.of("--http-port"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--http-port needs a value");
    }

    @Test
    void theDemoIsAnOptionOfOneStartAndNoSetting() {
        assertThat(Configuration.read(List.of(), Map.of()).demo()).isFalse();
        Configuration configuration = Configuration.read(List.of("--demo", "--http-port", "3"), Map.of());
        assertThat(configuration.demo()).isTrue();
        assertThat(configuration.settings().httpPort()).isEqualTo(3);
        assertThatThrownBy(() -> Configuration.read(List.of("--demo=yes"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--demo takes no value");
    }

    @Test
    void addressesFollowThePortsThatAreReallyOpenUnlessTheyAreConfigured() {
        Addresses local = Addresses.of(read(Map.of()), new Ports(5000, none(), OptionalInt.of(1935), none(), 5002));
        assertThat(local)
                .isEqualTo(new Addresses(
                        "http://localhost:5000",
                        Optional.empty(),
                        Optional.of("rtmp://localhost/live"),
                        Optional.empty(),
                        "http://127.0.0.1:5002"));
        Addresses published = Addresses.of(
                read(Map.of("LUNAR_PUBLIC_URL", "https://live.example/")),
                new Ports(1, none(), OptionalInt.of(1936), none(), 2));
        assertThat(published.apiUrl()).isEqualTo("https://live.example/api/v1");
        assertThat(published.rtmpServer()).contains("rtmp://live.example:1936/live");
        Addresses withoutIngest = Addresses.of(read(Map.of()), new Ports(5000, none(), none(), none(), 5002));
        assertThat(withoutIngest.named()).containsOnlyKeys("apiUrl", "managementUrl");
    }

    @Test
    void addressesWithTlsAreOfTheSameHosts() {
        Ports ports = new Ports(80, OptionalInt.of(8443), OptionalInt.of(1935), OptionalInt.of(443), 2);
        Addresses local = Addresses.of(read(Map.of()), ports);
        assertThat(local.httpsUrl()).contains("https://localhost:8443");
        assertThat(local.rtmpsServer()).contains("rtmps://localhost/live");
        Addresses elsewhere = Addresses.of(read(Map.of("LUNAR_PUBLIC_RTMP_URL", "rtmp://in.example:7/app")), ports);
        assertThat(elsewhere.rtmpsServer()).contains("rtmps://in.example/app");
        Addresses behindProxy = Addresses.of(
                read(Map.of("LUNAR_PUBLIC_RTMP_URL", "rtmps://in.example/live")),
                new Ports(80, none(), OptionalInt.of(1935), none(), 2));
        assertThat(behindProxy.rtmpsServer()).contains("rtmps://in.example/live");
    }

    @Test
    void portsWithTlsHaveACertificate() {
        Map<String, String> files = Map.of("LUNAR_TLS_CERTIFICATE", "c.pem", "LUNAR_TLS_KEY", "k.pem");
        assertThat(read(files).tls()).contains(new Tls(Path.of("c.pem"), Path.of("k.pem"), none(), none()));
        Map<String, String> withPort = new HashMap<>(files);
        assertThat(Configuration.read(List.of(), withPort).warnings())
                .containsExactly("tls.certificate is set, but neither https-port nor rtmps-port is: no port uses it");
        withPort.put("LUNAR_RTMPS_PORT", "0");
        assertThat(Configuration.read(List.of(), withPort).warnings()).isEmpty();
        assertThat(read(withPort).tls()).map(Tls::rtmpsPort).contains(OptionalInt.of(0));
    }

    private static OptionalInt none() {
        return OptionalInt.empty();
    }

    @Test
    void aPasswordOfTheDatabaseComesFromTheEnvironmentOrAFileAndIsShownNowhere() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "from the file\n");
        Settings settings = read(Map.of(
                "LUNAR_DATABASE_URL", "jdbc:postgresql://a:5432,b/lunar?targetServerType=primary",
                "LUNAR_DATABASE_USER", "lunar",
                "LUNAR_DATABASE_PASSWORD_FILE", file.toString()));
        assertThat(settings.database())
                .isEqualTo(new PostgresDatabase(
                        "jdbc:postgresql://a:5432,b/lunar?targetServerType=primary",
                        Optional.of("lunar"),
                        Optional.of("from the file")));
        assertThat(settings.toString()).doesNotContain("from the file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LUNAR_DATABASE_URL           | jdbc:postgresql://h/lunar?user=u&password=hush | jdbc:postgresql://HOST",
                "LUNAR_DATABASE_URL           | jdbc:postgresql://u:hush@h/lunar               | jdbc:postgresql://HOST",
                "LUNAR_DATABASE_URL           | jdbc:mysql://h/hush                            | jdbc:postgresql://HOST",
                "LUNAR_DATABASE_PASSWORD      | hush                                           | database.url beside it",
            })
    void aWrongSettingOfTheDatabaseIsNamedAndNotShown(String variable, String value, String allowed) {
        assertThatThrownBy(() -> read(Map.of(variable, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("(" + variable + "); allowed: " + allowed)
                .hasMessageNotContaining("hush");
    }

    private static Settings read(Map<String, String> environment) {
        return Configuration.read(List.of(), environment).settings();
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("test.yaml"), yaml);
    }
}
