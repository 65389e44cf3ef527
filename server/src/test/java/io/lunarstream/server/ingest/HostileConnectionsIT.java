package io.lunarstream.server.ingest;

import static io.lunarstream.server.ingest.IngestServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lunarstream.flv.FlvTag;
import io.lunarstream.rtmp.message.UserControl;
import io.lunarstream.server.Clip;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Connections that do not behave, beside one that does and notices nothing.
class HostileConnectionsIT {
    private static final int MOST_WAITING = 20;

    @TempDir
    private Path directory;

    private IngestServer server;
    private RtmpEncoder bystander;

    @BeforeEach
    void open() throws IOException {
        server = new IngestServer(directory);
        bystander = RtmpEncoder.publishing(server);
    }

    @AfterEach
    void theBystanderStillPublishes() throws IOException {
        bystander.send(Clip.tags());
        await().until(() -> server.window().isPresent());
        assertThat(server.streams().publishers()).isEqualTo(1);
        bystander.close();
        server.close();
    }

    @Test
    void closesConnectionsThatSendGarbage() throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < 50; i++) {
            try (Socket socket = connect()) {
                byte[] garbage = new byte[1 + random.nextInt(10_000)];
                random.nextBytes(garbage);
                garbage[0] = random.nextBoolean() ? 3 : garbage[0];
                socket.getOutputStream().write(garbage);
            }
        }
        await().until(this::hasRoom);
    }

    @Test
    void closesAConnectionThatSpeaksHttp() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void closesConnectionsThatStopHalfway() throws IOException {
        for (int i = 0; i < 2 * MOST_WAITING; i++) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(new byte[] {3, 0, 0, 0, 0, 0, 0, 0, 0});
            }
            await().until(this::hasRoom);
        }
    }

    /// One test in real time: a silent stranger, half a handshake, and an encoder that falls silent.
    @Test
    void losesPatienceAfterTenSeconds() throws IOException {
        long startNs = System.nanoTime();
        try (Socket silent = connect();
                Socket halfway = connect();
                RtmpEncoder fallsSilent = new RtmpEncoder(server, "ffffffffffffffffffffffffffffffff", "good")) {
            halfway.getOutputStream().write(new byte[] {3, 0, 0, 0, 0});
            fallsSilent.ask();
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(halfway.getInputStream().read()).isEqualTo(-1);
            assertThat(fallsSilent.isClosed()).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - startNs))
                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(14));
        bystander.close();
        bystander = RtmpEncoder.publishing(server);
    }

    @Test
    void takesTwentyConnectionsOfAnAddressThatDoNotPublishAndNoMore() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < MOST_WAITING; i++) {
            waiting.add(connect());
        }
        await().until(() -> !hasRoom());
        waiting.removeLast().close();
        await().until(this::hasRoom);
        for (Socket socket : waiting) {
            socket.close();
        }
    }

    @Test
    void refusesMediaThatBreakTheirFormat() throws IOException {
        String streamKey = "ffffffffffffffffffffffffffffffff";
        try (RtmpEncoder encoder = new RtmpEncoder(server, streamKey, IngestServer.GOOD)) {
            encoder.ask();
            byte[] truncated = {0x17, 0, 0, 0, 0, 1};
            encoder.send(List.of(new FlvTag(FlvTag.Type.VIDEO, 0, Unpooled.wrappedBuffer(truncated))));
            assertThat(encoder.refusal()).contains("MALFORMED_MEDIA: ");
        }
        await().until(() -> server.streams().ingest(streamKey).isEmpty());
    }

    @Test
    void closesAConnectionThatNeverReadsWhatItAsksFor() throws IOException {
        try (RtmpEncoder flood = new RtmpEncoder(server, "ffffffffffffffffffffffffffffffff", IngestServer.GOOD)) {
            flood.ask();
            UserControl ping = new UserControl(UserControl.Event.PING_REQUEST, 1);
            long endNs = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            assertThatThrownBy(() -> {
                        while (System.nanoTime() < endNs) {
                            flood.sayOften(ping, 1_000);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        await().until(() -> server.streams().publishers() == 1);
    }

    /// Whether one more connection is not closed at once.
    private boolean hasRoom() throws IOException {
        try (RtmpEncoder encoder = new RtmpEncoder(server, KEY, IngestServer.EXPIRED)) {
            return encoder.nextEvent().isPresent();
        } catch (IOException _) {
            return false;
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        return socket;
    }
}
