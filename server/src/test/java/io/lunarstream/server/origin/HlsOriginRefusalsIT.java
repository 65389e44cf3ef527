package io.lunarstream.server.origin;

import static io.lunarstream.server.origin.OriginServer.LIVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the origin does not serve, and in which words.
class HlsOriginRefusalsIT {
    private static final String SECRET = "nobody may read this";

    @TempDir
    private Path directory;

    private OriginServer server;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(directory.resolve("secret"), SECRET);
        server = new OriginServer(directory.resolve("media"), 1_000);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        OriginServer.WAITING + ", STREAM_NOT_STARTED",
        OriginServer.OVER + ", STREAM_ENDED",
        "nonsense, STREAM_NOT_FOUND"
    })
    void saysWhyNothingCanBePlayed(String streamKey, String code) {
        String[] paths = {
            "/hls/" + streamKey + "/master.m3u8",
            "/live/" + streamKey + "/hls.m3u8",
            "/hls/" + streamKey + "/g/media.m3u8"
        };
        for (String path : paths) {
            HttpResponse<byte[]> response = server.get(path);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(text(response)).contains("\"code\":\"" + code + "\"", "\"statusCode\":404");
            assertThat(response.headers().firstValue("Cache-Control")).hasValue("public, max-age=1");
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("*");
        }
    }

    @Test
    void saysThatItCannotSayWhyAndThatNoCacheMayKeepThat() {
        HttpResponse<byte[]> response = server.get("/hls/" + OriginServer.BROKEN + "/master.m3u8");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hls/" + LIVE,
                "/hls/" + LIVE + "/",
                "/hls/" + LIVE + "/nothing.m3u8",
                "/hls/" + LIVE + "/g/media.m3u8",
                "/hls/" + LIVE + "/g/1.m4s",
                "/hls/" + LIVE + "/GENERATION/1.m4s",
                "/hls/" + LIVE + "/GENERATION/",
                "/hls/" + LIVE + "//media.m3u8",
                "/hls/" + LIVE + "/GENERATION/../GENERATION/media.m3u8",
                "/hls/" + LIVE + "/GENERATION/../../../secret",
                "/hls/" + LIVE + "/%2e%2e/%2e%2e/secret",
                "/hls/" + LIVE + "/GENERATION/..%2f..%2f..%2fsecret",
                "/hls/" + LIVE + "/GENERATION/%00",
                "/hls/../secret",
                "/hls/%2e%2e/secret/master",
                "/hls//secret",
                "/live/" + LIVE + "/master.m3u8",
                "/hls/"
            })
    void findsNothingWhereNothingIsListed(String template) throws IOException {
        String path = template.replace("GENERATION", generation());
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 404 ")
                .containsIgnoringCase("cache-control: public, max-age=1")
                .contains("\"code\":\"NOT_FOUND\"")
                .doesNotContain(SECRET);
    }

    @Test
    void refusesAPathThatIsTooLong() throws IOException {
        String answer = raw("GET /hls/" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1.. 414 .*");
    }

    @Test
    void refusesARawZeroByte() throws IOException {
        assertThat(raw("GET /hls/" + LIVE + "/\0 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 40[04] .*")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void allowsNothingButReading(String method) {
        HttpResponse<byte[]> response = server.send(
                server.request("/hls/" + LIVE + "/master.m3u8").method(method, BodyPublishers.ofString("x")));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
        assertThat(text(response)).contains("\"code\":\"METHOD_NOT_ALLOWED\"");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    }

    @Test
    void letsEverySitesPlayerIn() {
        HttpResponse<byte[]> response = server.send(server.request("/hls/" + LIVE + "/master.m3u8")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "range"));
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(response.headers().firstValue("Access-Control-Allow-Methods"))
                .hasValue("GET, HEAD, OPTIONS");
        assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("*");
        assertThat(response.headers().firstValue("Access-Control-Max-Age")).isPresent();
    }

    private String generation() {
        return server.streams()
                .windows(LIVE)
                .flatMap(windows -> windows.newest())
                .orElseThrow()
                .generation();
    }

    /// Sends a request as it stands, which no client would.
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
