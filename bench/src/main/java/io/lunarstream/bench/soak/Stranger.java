package io.lunarstream.bench.soak;

import io.lunarstream.rtmp.session.PublishTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Whoever connects and is neither encoder nor viewer.
///
/// @param rtmpPort of the server
/// @param httpPort of the server
/// @param footage what somebody would send, if he were let in
record Stranger(int rtmpPort, int httpPort, Footage footage, Findings findings) {
    /// The server gives up on who does not publish within 10 s; this machine may be slow.
    private static final int CLOSED_WITHIN_MS = 30_000;

    private static final int MOST_NOISE_BYTES = 64 << 10;
    private static final int HANDSHAKE_PART_BYTES = 1_536;

    /// A chunk header that announces a command of 0xFFFFFF bytes.
    private static final byte[] HUGE = {0x03, 0, 0, 0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x14, 0, 0, 0, 0};

    void perform(Event<StrangerAct> event) throws IOException, InterruptedException {
        RandomGenerator random = event.random();
        switch (event.kind()) {
            case NOISE -> knock(event, rtmpPort, noise(random));
            case HTTP_ON_RTMP -> knock(event, rtmpPort, http());
            case SILENCE -> knock(event, rtmpPort, new byte[0]);
            case HALF_HANDSHAKE -> knock(event, rtmpPort, new byte[] {3, 0, 0, 0, 0, 0, 0, 0, 0});
            case HANDSHAKE_THEN_NOISE -> knock(event, rtmpPort, handshakeThen(noise(random)));
            case HUGE_MESSAGE -> knock(event, rtmpPort, handshakeThen(HUGE));
            case UNKNOWN_STREAM -> publish(random);
            case NOISE_ON_HTTP -> knock(event, httpPort, noise(random));
        }
        findings.count("stranger: " + event.kind().words());
    }

    /// Sends bytes and waits until the server closes.
    private void knock(Event<StrangerAct> event, int port, byte[] bytes) throws IOException {
        // From one of the machine's own addresses, as from another machine.
        byte[] from = {127, 0, 1, (byte) (1 + event.random().nextInt(200))};
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByAddress(from), 0)) {
            socket.setSoTimeout(CLOSED_WITHIN_MS);
            socket.getOutputStream().write(bytes);
            if (port == httpPort) {
                socket.shutdownOutput();
            }
            byte[] _ = socket.getInputStream().readAllBytes();
        } catch (SocketTimeoutException _) {
            findings.fail("stranger", event.kind().words() + ": still there after " + CLOSED_WITHIN_MS / 1_000 + " s");
        } catch (SocketException _) {
            // A reset is a way to close, too.
        }
    }

    private void publish(RandomGenerator random) throws InterruptedException {
        String name = "%016x%016x?pushToken=e30.e30.e30".formatted(random.nextLong(), random.nextLong());
        PublishTarget target = new PublishTarget(/* secure= */ false, "127.0.0.1", rtmpPort, "live", name);
        try (Encoder encoder = Encoder.connect(target, footage)) {
            Optional<String> refusal = encoder.awaitAnswer();
            if (!refusal.orElse("").contains("INVALID_PUSH_TOKEN")) {
                findings.fail("stranger", "an unknown stream key is answered " + refusal);
            }
        }
    }

    private static byte[] noise(RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(1, MOST_NOISE_BYTES)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] http() {
        return "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    }

    /// C0, C1 and C2 of a simple handshake, all at once, and more behind them.
    private static byte[] handshakeThen(byte[] more) {
        byte[] bytes = new byte[1 + 2 * HANDSHAKE_PART_BYTES + more.length];
        bytes[0] = 3;
        System.arraycopy(more, 0, bytes, bytes.length - more.length, more.length);
        return bytes;
    }
}
