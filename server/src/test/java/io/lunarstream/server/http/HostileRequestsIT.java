package io.lunarstream.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.server.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that want to be understood in two ways, to be waited for, or to be more than they are.
@TestInstance(Lifecycle.PER_CLASS)
class HostileRequestsIT {
    private static final String CREATE =
            "POST /api/v1/livestream HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    private static final long BODIES_WITH_ROOM = UnfinishedBodies.MAX_BYTES / Body.MAX_BYTES;

    private TestServer server;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// A proxy in front may take one of the lengths, and the rest for the next request.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: 0x5\r\n",
                "Content-Length: 5, 5\r\n",
            })
    void afterALengthThatCanBeReadInTwoWaysNothingElseIsAnswered(String lengths) throws IOException {
        String smuggled = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
        String answers = answersTo(CREATE + lengths + "\r\n0\r\n\r\n" + smuggled + smuggled);
        assertThat(answers).startsWith("HTTP/1.1 4");
        assertThat(answers.split("HTTP/1\\.1 ", -1)).as(answers).hasSize(2);
    }

    /// So small a body could become any size.
    @Test
    void aCompressedBodyIsNotUnpacked() throws IOException {
        String answer = answersTo(CREATE + "ls-api-key: " + server.apiKey()
                + "\r\nContent-Encoding: gzip\r\nConnection: close\r\nContent-Length: 2\r\n\r\n\u001f\u008b");
        assertThat(answer).startsWith("HTTP/1.1 415").contains("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void bodiesThatStopHalfwayAreClosedAfterTenSeconds() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(CREATE + "Content-Length: 9\r\n\r\n{"));
            socket.setSoTimeout(15_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void bodiesThatNobodyHasShownAKeyForHoldSoMuchMemoryTogetherAndNoMore() throws IOException {
        List<Socket> senders = new ArrayList<>();
        try {
            for (long i = 0; i < BODIES_WITH_ROOM + 20; i++) {
                Socket socket = connect();
                senders.add(socket);
                socket.setSoTimeout(1);
                socket.getOutputStream().write(bytes(CREATE + "Content-Length: 65536\r\n\r\n" + " ".repeat(65_535)));
            }
            await().atMost(Duration.ofSeconds(5))
                    .until(() ->
                            senders.stream().filter(HostileRequestsIT::isOver).count() >= 19);
            assertThat(server.get("/livestream").status()).isEqualTo(200);
        } finally {
            for (Socket socket : senders) {
                socket.close();
            }
        }
        await().untilAsserted(() -> assertThat(
                        server.post("/livestream", server.createBody("a", "")).status())
                .isEqualTo(201));
    }

    /// Whether it was answered, or closed.
    private static boolean isOver(Socket socket) {
        try {
            socket.getInputStream().read();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private String answersTo(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(request));
            socket.setSoTimeout(5_000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(
                InetAddress.ofLiteral("127.0.0.1"),
                server.request("/").build().uri().getPort());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
