package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.lunarstream.bench.playlist.HlsForm;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// FFmpeg sends over RTMPS; curl, FFmpeg and Chromium with hls.js fetch over HTTPS, and curl as a load balancer does.
class TransportIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static TestCertificate certificate;
    private static LunarServer server;
    private static PartnerApi api;
    private static HlsClient hls;
    private static PlaylistWatch watch;
    private static String plainUrl = "";
    private static String encryptedUrl = "";

    /// The page tells the browser the public address, which is to be the encrypted one. So both ports must be known
    /// beforehand.
    @BeforeAll
    static void start() throws IOException {
        certificate = TestCertificate.in(folder);
        int plainPort = freePort();
        int encryptedPort = freePort();
        plainUrl = "http://localhost:" + plainPort;
        encryptedUrl = "https://localhost:" + encryptedPort;
        Map<String, String> settings = new HashMap<>(certificate.settings());
        settings.put("LUNAR_PUBLIC_URL", encryptedUrl);
        settings.put("LUNAR_TRUSTED_PROXIES", "127.0.0.1,::1");
        server = LunarServer.start(
                folder.resolve("data"),
                settings,
                "--http-port=" + plainPort,
                "--https-port=" + encryptedPort,
                "--rtmps-port=0");
        Credentials credentials = server.credentials();
        watch = PlaylistWatch.of(folder.resolve("by the plain port"));
        watch.resume(plainUrl);
        Credentials byThePlainPort = new Credentials(
                plainUrl + "/api/v1",
                credentials.rtmpUrl(),
                credentials.managementUrl(),
                credentials.projectId(),
                credentials.apiKey(),
                credentials.mediaServerId(),
                credentials.adminEmail(),
                credentials.adminPassword());
        api = new PartnerApi(byThePlainPort, watch);
        hls = new HlsClient(plainUrl);
    }

    @AfterAll
    static void close() {
        watch.pause();
        server.close();
    }

    @Test
    void whatFfmpegSendsOverRtmpsIsPlayedOverHttp2() {
        Livestream livestream = api.create("encrypted all the way");
        try (FfmpegPublisher publisher =
                        FfmpegPublisher.push(livestream.encryptedPushAddress(), FfmpegPublisher.Encoding.SMALL);
                Chromium chromium = Chromium.start()) {
            URI media = hls.awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON);
            assertThat(api.get(livestream.id()).json().at("/ingest/protocol").asText())
                    .isEqualTo("rtmps");
            Page page = chromium.newPageWithAnyCertificate();
            PreviewPage preview = new PreviewPage(page).open(livestream.previewPlayback());
            preview.awaitState("live", SOON);
            preview.awaitPlayback(Duration.ofSeconds(4), SOON);
            assertThat(preview.problems()).isEmpty();
            assertThat(protocols(page)).containsOnly("h2");
            assertThat(curl("--http2", encryptedUrl + media.getPath())).isEqualTo("200 2");
            assertThat(curl("--http1.1", encryptedUrl + media.getPath())).isEqualTo("200 1.1");
            publisher.stop();
        }
        URI whole = URI.create(encryptedUrl + HlsForm.FMP4.path(livestream.streamKey()));
        FfmpegDecoder.decodeWithoutAnError(whole);
    }

    @Test
    void aLoadBalancersHeaderIsTaken() {
        assertThat(curl("--haproxy-protocol", plainUrl + "/api/v1/health")).isEqualTo("200 1.1");
        assertThat(curl("--haproxy-protocol", encryptedUrl + "/api/v1/health")).isEqualTo("200 2");
    }

    /// How the browser has fetched what the page is made of: playlists, segments and parts among it.
    private static Stream<String> protocols(Page page) {
        Object found =
                page.evaluate("performance.getEntriesByType('resource').map(entry => entry.nextHopProtocol).join(' ')");
        return Stream.of(String.valueOf(found).split(" ", -1));
    }

    /// Status and version of HTTP.
    private static String curl(String option, String address) {
        try (ChildProcess curl = ChildProcess.start(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--cacert",
                certificate.certificate().toString(),
                option,
                "--output",
                folder.resolve("body").toString(),
                "--write-out",
                "%{http_code} %{http_version}",
                address))) {
            curl.awaitExit(SOON);
            return curl.lines().getLast().strip();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
