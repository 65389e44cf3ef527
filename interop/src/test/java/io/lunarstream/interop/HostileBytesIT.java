package io.lunarstream.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.playlist.HlsForm;
import io.lunarstream.bench.playlist.MediaPlaylistText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    /// Connections that say nothing, from so many addresses that none has more than it may have.
    private static final int IDLE = 300;

    private static final int IDLE_ADDRESSES = 20;
    private static final int GARBAGE = 1_500;
    private static final int LARGEST_GARBAGE = 4_096;

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

    @Test
    void aGoodStreamDoesNotNoticeCrowds() throws IOException {
        try (LunarServer server = LunarServer.start(dataDir)) {
            Livestream livestream = server.api().create("in a crowd");
            int port = server.credentials().rtmpPort();
            try (FfmpegPublisher publisher =
                    FfmpegPublisher.push(livestream.pushAddress(), FfmpegPublisher.Encoding.SMALL)) {
                URI media = server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON);
                List<Socket> idle = openIdle(port);
                sendCrowd(port);
                for (Socket each : idle) {
                    awaitClosed(each);
                }
                long now = server.hls().read(media).nextMediaSequence();
                Awaitility.await("segments after the crowd")
                        .atMost(SOON)
                        .until(() -> server.hls().read(media).nextMediaSequence() >= now + 2);
                assertThat(server.hls().read(media).segments()).noneMatch(MediaPlaylistText.Segment::discontinuity);
                assertThat(publisher.isRunning()).as(publisher.output()).isTrue();
            }
        }
    }

    private static List<Socket> openIdle(int port) throws IOException {
        List<Socket> idle = new ArrayList<>(IDLE);
        for (int i = 0; i < IDLE; i++) {
            idle.add(connect(port, i % IDLE_ADDRESSES));
        }
        return idle;
    }

    /// Connections that say something and are gone.
    private static void sendCrowd(int port) throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < GARBAGE; i++) {
            byte[] noise = new byte[1 + random.nextInt(LARGEST_GARBAGE)];
            random.nextBytes(noise);
            try (Socket socket = connect(port, IDLE_ADDRESSES + i % IDLE_ADDRESSES)) {
                socket.getOutputStream().write(random.nextBoolean() ? noise : handshakeThen(noise));
            } catch (SocketException _) {
                // Closed before all was written.
            }
        }
    }

    /// From one of the machine's own addresses, as from another machine.
    private static Socket connect(int port, int address) throws IOException {
        InetAddress from = InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (1 + address)});
        return new Socket(InetAddress.getLoopbackAddress(), port, from, 0);
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
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException _) {
            // Closed before all was written.
        }
        awaitClosed(socket);
    }

    private static void awaitClosed(Socket socket) throws IOException {
        try (socket) {
            socket.setSoTimeout(CLOSED_WITHIN_MS);
            socket.getInputStream().readAllBytes();
        } catch (SocketException _) {
            // A reset is a way to close, too. A timeout is not, and fails the test.
        }
    }
}
