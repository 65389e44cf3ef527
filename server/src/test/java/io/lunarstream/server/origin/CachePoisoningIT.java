package io.lunarstream.server.origin;

import static io.lunarstream.server.origin.OriginServer.LIVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What one viewer asks for in an odd way, a cache hands on to all: so it must be what they would have got.
class CachePoisoningIT {
    private OriginServer server;

    @BeforeEach
    void open(@TempDir Path directory) {
        server = new OriginServer(directory, 1_000);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: a\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: evil",
                "Host: a\r\nForwarded: host=evil.example;proto=evil",
                "Host: a\r\nX-Original-URL: /evil\r\nX-Rewrite-URL: /evil",
                "Host: a\r\nX-HTTP-Method-Override: evil",
                "Host: a\r\nOrigin: https://evil.example\r\nReferer: https://evil.example/",
                "Host: a\r\nCookie: evil=1\r\nAuthorization: Bearer evil",
                "Host: a\r\nAccept: text/evil\r\nAccept-Language: evil",
            })
    void noHeaderChangesWhatIsSent(String headers) throws IOException {
        for (String path : paths()) {
            assertThat(answer(path, headers)).isEqualTo(answer(path, "Host: a")).doesNotContain("evil");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?evil=1", "?a=%22%0aevil", "?callback=evil", "?_HLS_evil=1"})
    void noQueryIsRepeated(String query) throws IOException {
        for (String path : paths()) {
            assertThat(answer(path + query, "Host: a"))
                    .isEqualTo(answer(path, "Host: a"))
                    .startsWith("HTTP/1.1 200 ")
                    .doesNotContain("evil");
        }
    }

    private String[] paths() {
        String generation = server.streams()
                .windows(LIVE)
                .flatMap(windows -> windows.newest())
                .orElseThrow()
                .generation();
        return new String[] {"/hls/" + LIVE + "/master.m3u8", "/hls/" + LIVE + "/" + generation + "/media.m3u8"};
    }

    /// All of an answer but what each has of its own.
    private String answer(String path, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String request = "GET %s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n".formatted(path, headers);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                    .replaceAll("(?im)^(date|x-request-id): .*\r\n", "");
        }
    }
}
