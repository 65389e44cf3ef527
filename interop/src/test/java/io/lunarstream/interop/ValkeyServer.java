package io.lunarstream.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// The real Valkey, or Redis where that is what the system has, on a port of loopback. It keeps nothing on disk.
final class ValkeyServer implements AutoCloseable {
    private static final Duration TIME_TO_START = Duration.ofSeconds(10);

    private final int port = Nginx.freePort();
    private ChildProcess process;

    private ValkeyServer() {
        this.process = started();
    }

    /// Starts it and waits until it listens.
    static ValkeyServer start() {
        return new ValkeyServer();
    }

    private ChildProcess started() {
        ChildProcess starting = ChildProcess.start(List.of(
                program(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--save",
                "",
                "--appendonly",
                "no"));
        Awaitility.await("Valkey to listen").atMost(TIME_TO_START).until(this::isListening);
        return starting;
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /// Debian's names.
    private static String program() {
        return Stream.of("/usr/bin/valkey-server", "/usr/bin/redis-server")
                .filter(name -> Files.isExecutable(Path.of(name)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("missing program: valkey-server or redis-server"));
    }

    /// What a server has to be told to use it.
    Map<String, String> environment() {
        return Map.of("LUNAR_VALKEY_URL", "redis://127.0.0.1:" + port);
    }

    void kill() {
        process.kill();
    }

    /// Starts it again after [#kill], at the same address; it has forgotten everything.
    void restart() {
        process = started();
    }

    @Override
    public void close() {
        process.close();
    }
}
