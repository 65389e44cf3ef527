package io.lunarstream.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.rtmp.session.ClientEvent;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestCertificate;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.ingest.RtmpEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A TCP load balancer before every port, which says whom it speaks for.
class ProxyProtocolIT {
    private static final byte[] VERSION_1 =
            "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VERSION_2 =
            HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000cc0000201c6336401dc0401bb");

    /// More connections of one address than may be there without publishing.
    private static final int TOO_MANY = 21;

    private final TestCertificate certificate = TestCertificate.of("balanced");

    private final MutableClock clock = new MutableClock();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theAuditLogKnowsTheRealAddress(boolean encrypted) throws IOException {
        try (TestServer server = start("127.0.0.1")) {
            for (byte[] header : List.of(VERSION_1, VERSION_2)) {
                assertThat(create(server, encrypted, header, header.length)).startsWith("HTTP/1.1 201 ");
                assertThat(lastAddress(server)).isEqualTo("192.0.2.1");
                assertThat(create(server, encrypted, header, 1)).startsWith("HTTP/1.1 201 ");
                assertThat(lastAddress(server)).isEqualTo("192.0.2.1");
            }
            byte[] none = {};
            assertThat(create(server, encrypted, none, 1)).startsWith("HTTP/1.1 201 ");
            assertThat(lastAddress(server)).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void aBrokenHeaderClosesTheConnection() throws IOException {
        try (TestServer server = start("127.0.0.1")) {
            byte[] broken = "PROXY TCP4 nobody\r\n".getBytes(StandardCharsets.US_ASCII);
            try (Socket socket = connect(httpPort(server), broken)) {
                assertThat(socket.getInputStream().read()).isNegative();
            }
        }
    }

    @Test
    void fromOthersItIsGarbage() throws IOException {
        try (TestServer server = start("10.0.0.0/8")) {
            assertThat(create(server, /* encrypted= */ false, VERSION_1, VERSION_1.length))
                    .contains(" 400 Bad Request\r\n");
            assertThat(create(server, /* encrypted= */ false, VERSION_2, VERSION_2.length))
                    .contains(" 400 Bad Request\r\n");
        }
    }

    @Test
    void connectionsThatDoNotPublishCountForTheRealAddress() throws IOException {
        try (TestServer server = start("127.0.0.1")) {
            List<Socket> idle = new ArrayList<>();
            for (int i = 0; i < TOO_MANY; i++) {
                idle.add(connect(server.rtmpPort(), VERSION_1));
            }
            await().until(() -> idle.stream().filter(ProxyProtocolIT::isClosed).count() == 1);
            try (RtmpEncoder another = new RtmpEncoder(server.rtmpPort(), "0".repeat(32), "none")) {
                assertThat(another.ask()).isInstanceOf(ClientEvent.PublishRefused.class);
            }
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEncoderPublishesThroughIt(boolean encrypted) throws IOException {
        try (TestServer server = start("127.0.0.1")) {
            JsonNode livestream = server.create("balanced");
            int port = encrypted
                    ? URI.create(livestream.required("rtmpsServer").asText()).getPort()
                    : server.rtmpPort();
            Socket socket = connect(port, VERSION_2);
            try (RtmpEncoder encoder = new RtmpEncoder(
                    encrypted ? secured(socket) : socket,
                    livestream.required("streamKey").asText(),
                    livestream.required("pushToken").asText())) {
                assertThat(encoder.ask()).isInstanceOf(ClientEvent.PublishAccepted.class);
            }
        }
    }

    private TestServer start(String trusted) {
        certificate.write(folder);
        Map<String, String> settings = new HashMap<>(TestCertificate.settings(folder));
        settings.put("LUNAR_TRUSTED_PROXIES", trusted);
        return TestServer.start(folder.resolve("data"), clock, settings);
    }

    private static Socket connect(int port, byte[] header) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(header);
        return socket;
    }

    private static boolean isClosed(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    private Socket secured(Socket socket) throws IOException {
        return certificate.trust().getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), true);
    }

    /// Creates a project through a connection that begins with a header.
    ///
    /// @param piece how many bytes of the header are sent at a time
    /// @return all that was answered
    private String create(TestServer server, boolean encrypted, byte[] header, int piece) throws IOException {
        clock.advance(Duration.ofSeconds(1));
        String body = "{\"name\":\"project " + System.nanoTime() + "\"}";
        String request = "POST /api/v1/admin/projects HTTP/1.1\r\nhost: a\r\nconnection: close\r\n"
                + "content-type: application/json\r\ncontent-length: " + body.length()
                + "\r\nauthorization: Bearer " + server.accessToken() + "\r\n\r\n" + body;
        try (Socket socket = connect(encrypted ? httpsPort() : httpPort(server), new byte[0])) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < header.length; i += piece) {
                out.write(header, i, piece);
                out.flush();
            }
            Socket http = encrypted ? secured(socket) : socket;
            http.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(http.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String lastAddress(TestServer server) {
        return server.adminGet("/admin/audit?action=project.create&limit=1")
                .data()
                .required(0)
                .required("address")
                .asText();
    }

    private static int httpPort(TestServer server) {
        return server.request("/").build().uri().getPort();
    }

    private int httpsPort() throws IOException {
        String credentials = Files.readString(folder.resolve("data").resolve("credentials.json"));
        return URI.create(Answer.parse(credentials).required("httpsUrl").asText())
                .getPort();
    }
}
