package io.lunarstream.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestCertificate;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.config.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The TLS ports with real clients: what they speak, and what becomes of them when the certificate changes.
class TlsIT {

    private final TestCertificate first = TestCertificate.of("first");
    private final TestCertificate second = TestCertificate.of("second");

    @TempDir
    private Path folder;

    private TlsServer server;

    @BeforeEach
    void start() {
        server = new TlsServer(folder, first);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void theApiSpeaksBothVersionsOfHttp(Version version) throws Exception {
        try (HttpClient client = client(first, version)) {
            HttpResponse<String> list = TlsServer.send(
                    client,
                    server.request("/api/v1/livestream?projectId=" + server.server.projectId())
                            .header("ls-api-key", server.server.apiKey()));
            assertThat(list.version()).isEqualTo(version);
            assertThat(list.statusCode()).isEqualTo(200);
            assertThat(list.headers().firstValue("date")).isPresent();
            HttpResponse<String> tooLarge = TlsServer.send(
                    client,
                    server.request("/api/v1/livestream")
                            .header("ls-api-key", server.server.apiKey())
                            .header("content-type", "application/json")
                            .POST(BodyPublishers.ofString("x".repeat(1 << 20))));
            assertThat(tooLarge.statusCode()).isEqualTo(413);
            assertThat(TlsServer.send(client, server.request("/api/v1/health")).statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaksWhatIsSafe(String protocol) throws IOException {
        try (SSLSocket socket = connect(first)) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        }
    }

    @Test
    void theAddressesAreTold() {
        assertThat(server.server.create("with TLS").required("rtmpsServer").asText())
                .isEqualTo(server.rtmpsUrl())
                .matches("rtmps://localhost:\\d+/live");
        assertThat(server.httpsUrl()).matches("https://localhost:\\d+");
    }

    @Test
    void withoutTlsTheAddressesAreGone() {
        String id = server.server.create("had TLS").required("id").asText();
        server.close();
        try (TestServer plain = TestServer.start(folder.resolve("data"))) {
            assertThat(plain.get("/livestream/" + id).data().has("rtmpsServer")).isFalse();
            assertThat(server.credentials().has("httpsUrl")).isFalse();
            assertThat(server.credentials().has("rtmpsUrl")).isFalse();
        }
    }

    @Test
    void aNewCertificateIsTakenOverAndConnectionsStay() throws Exception {
        try (HttpClient old = client(first, Version.HTTP_2);
                SSLSocket connected = connect(first)) {
            connected.startHandshake();
            assertThat(get(old)).isEqualTo(200);
            second.write(folder);
            await().until(() -> isGreetedWith(second));
            assertThat(get(old)).isEqualTo(200);
            connected.getOutputStream().write("GET /x HTTP/1.1\r\nhost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(connected.getInputStream().readNBytes(13)).asString().isEqualTo("HTTP/1.1 404 ");
            assertThat(server.server.management("/metrics").response().body())
                    .contains("\nlunar_tls_certificate_expiry_seconds ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN CERTIFICATE-----\nMIIB", "nonsense"})
    void aBrokenCertificateIsNotTakenOver(String broken) throws Exception {
        Files.writeString(TestCertificate.certificateIn(folder), broken);
        stays(first);
        second.write(folder);
        await().until(() -> isGreetedWith(second));
    }

    @Test
    void halfOfANewPairIsNotTakenOver() throws Exception {
        Files.writeString(TestCertificate.certificateIn(folder), second.certificatePem());
        stays(first);
        Files.delete(TestCertificate.keyIn(folder));
        stays(first);
        Files.writeString(TestCertificate.keyIn(folder), second.keyPem());
        await().until(() -> isGreetedWith(second));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "directory", "empty", "another's"})
    void aKeyThatCannotBeUsedStopsTheStart(String how) throws IOException {
        Path key = folder.resolve("other-key.pem");
        switch (how) {
            case "directory" -> Files.createDirectory(key);
            case "empty" -> Files.writeString(key, "");
            case "another's" -> Files.writeString(key, second.keyPem());
            default -> assertThat(key).doesNotExist();
        }
        Map<String, String> settings = new HashMap<>(TestCertificate.settings(folder));
        settings.put("LUNAR_TLS_KEY", key.toString());
        assertThatThrownBy(() -> TestServer.start(folder.resolve("other"), new MutableClock(), settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("tls.certificate", "tls.key", key.toString(), "allowed: paths of PEM files")
                .hasMessageNotContaining("\n");
    }

    /// Looks twice as long as the server takes to look at its files.
    private void stays(TestCertificate certificate) {
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10)).until(() -> isGreetedWith(certificate));
    }

    private boolean isGreetedWith(TestCertificate certificate) throws IOException {
        try (SSLSocket socket = connect(certificate)) {
            socket.startHandshake();
            return true;
        } catch (SSLException _) {
            return false;
        }
    }

    private SSLSocket connect(TestCertificate certificate) throws IOException {
        return (SSLSocket) certificate
                .trust()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.httpsPort());
    }

    private int get(HttpClient client) throws Exception {
        return TlsServer.send(client, server.request("/api/v1/health")).statusCode();
    }

    private static HttpClient client(TestCertificate certificate, Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(certificate.trust())
                .build();
    }
}
