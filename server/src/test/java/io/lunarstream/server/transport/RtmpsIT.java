package io.lunarstream.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Clip;
import io.lunarstream.server.TestCertificate;
import io.lunarstream.server.ingest.RtmpEncoder;
import io.lunarstream.server.publisher.FlvBytes;
import io.lunarstream.server.publisher.PublishCommand;
import io.lunarstream.server.publisher.PublishCommand.PublishException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RTMP with TLS: our own publisher, and what it does not trust.
class RtmpsIT {
    private final TestCertificate certificate = TestCertificate.of("ingest");

    @TempDir
    private Path folder;

    private TlsServer server;
    private Path clip;

    @BeforeEach
    void start() throws IOException {
        server = new TlsServer(folder, certificate);
        clip = Files.write(folder.resolve("clip.flv"), FlvBytes.testPicture(/* untilMs= */ 3_000));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRecordingIsBroadcast() throws Exception {
        JsonNode livestream = server.server.create("encrypted");
        Path trusted = TestCertificate.certificateIn(folder);
        PublishCommand command = PublishCommand.parse(
                List.of("--once", "--trust", trusted.toString(), clip.toString(), address(livestream)));
        Thread publishing = Thread.ofVirtual().start(() -> run(command));
        await().until(() -> shown(livestream).at("/ingest/videoCodec").asText().equals("h264"));
        assertThat(shown(livestream).at("/ingest/protocol").asText()).isEqualTo("rtmps");
        await().until(() -> shown(livestream).required("status").asText().equals("ENDED"));
        assertThat(shown(livestream).required("endReason").asText()).isEqualTo("client_stopped");
        publishing.join();
    }

    @Test
    void aServerThatIsNotTrustedIsNotPublishedTo() {
        JsonNode livestream = server.server.create("not trusted");
        assertThatThrownBy(() -> PublishCommand.parse(List.of(clip.toString(), address(livestream)))
                        .run())
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("no TLS connection that can be trusted")
                .hasMessageNotContaining(livestream.required("pushToken").asText());
    }

    @Test
    void aServerOfAnotherNameIsNotPublishedTo() {
        server.close();
        server = new TlsServer(folder, TestCertificate.ofAnotherHost("elsewhere.example"));
        JsonNode livestream = server.server.create("other name");
        String trusted = TestCertificate.certificateIn(folder).toString();
        assertThatThrownBy(() -> PublishCommand.parse(List.of("--trust", trusted, clip.toString(), address(livestream)))
                        .run())
                .isInstanceOf(PublishException.class)
                .hasMessageContainingAll("no TLS connection that can be trusted", "name matching localhost");
    }

    @Test
    void anEncoderIsSeenAsThePlainOneIs() throws IOException {
        JsonNode livestream = server.server.create("by hand");
        int port = URI.create(server.rtmpsUrl()).getPort();
        Socket socket = certificate.trust().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        try (RtmpEncoder encoder = new RtmpEncoder(
                socket,
                livestream.required("streamKey").asText(),
                livestream.required("pushToken").asText())) {
            encoder.ask();
            encoder.send(Clip.tags());
            await().until(() -> shown(livestream).required("status").asText().equals("STARTED"));
        }
    }

    @Test
    void whatIsNotTlsIsClosed() throws IOException {
        int port = URI.create(server.rtmpsUrl()).getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(new byte[2_000]);
            assertThat(socket.getInputStream().readAllBytes().length).isLessThan(100);
        }
    }

    private JsonNode shown(JsonNode livestream) {
        return server.server
                .get("/livestream/" + livestream.required("id").asText())
                .data();
    }

    private static void run(PublishCommand command) {
        try {
            command.run();
        } catch (PublishException e) {
            throw new AssertionError(e);
        }
    }

    private static String address(JsonNode livestream) {
        return livestream.required("rtmpsServer").asText() + "/"
                + livestream.required("streamKeyWithToken").asText();
    }
}
