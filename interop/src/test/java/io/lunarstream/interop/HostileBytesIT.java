package io.lunarstream.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Garbage on the RTMP port closes its own connection and hurts nobody else.
class HostileBytesIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// Longer than the 10 s a client has for handshake, connect and publish.
    private static final int CLOSED_WITHIN_MS = 15_000;

    /// Fixed, so that a failure can be repeated.
    private static final long SEED = 20_261_122;

    @TempDir
    private Path dataDir;

    @Test
    void aGoodStreamGoesOnWhileOthersSendGarbage() throws IOException {
        try (LunarServer server = LunarServer.start(dataDir)) {
            Livestream livestream = server.api().create("undisturbed");
            try (FfmpegPublisher publisher =
                    FfmpegPublisher.push(livestream.pushAddress(), FfmpegPublisher.Encoding.SMALL)) {
                URI media = server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON);
                sendGarbage(server.credentials().rtmpPort());
                long now = server.hls().read(media).nextMediaSequence();
                Awaitility.await("segments after the attack")
                        .atMost(SOON)
                        .until(() -> server.hls().read(media).nextMediaSequence() >= now + 2);
                assertThat(server.hls().read(media).segments()).noneMatch(MediaPlaylistText.Segment::discontinuity);
                assertThat(publisher.isRunning()).as(publisher.output()).isTrue();
            }
        }
    }

    private static void sendGarbage(int port) throws IOException {
        Random random = new Random(SEED);
        byte[] noise = new byte[256 * 1024];
        random.nextBytes(noise);
        assertClosed(port, noise);
        assertClosed(port, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        assertClosed(port, handshakeThen(noise));
        byte[] hugeMessage = {0x03, 0, 0, 0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x14, 0, 0, 0, 0};
        assertClosed(port, handshakeThen(hugeMessage));
        byte[] tinyChunks = {0x02, 0, 0, 0, 0, 0, 4, 0x01, 0, 0, 0, 0, 0, 0, 0, 1};
        assertClosed(port, handshakeThen(tinyChunks));
    }

    /// C0, C1 and C2 of a simple handshake, all at once, and more behind them.
    private static byte[] handshakeThen(byte[] more) {
        byte[] bytes = new byte[1 + 1_536 + 1_536 + more.length];
        bytes[0] = 3;
        System.arraycopy(more, 0, bytes, bytes.length - more.length, more.length);
        return bytes;
    }

    private static void assertClosed(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(CLOSED_WITHIN_MS);
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
                socket.getInputStream().readAllBytes();
            } catch (SocketException _) {
                // A reset is a way to close, too. A timeout is not, and fails the test.
            }
        }
    }
}
