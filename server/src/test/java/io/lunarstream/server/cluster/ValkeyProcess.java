package io.lunarstream.server.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.lunarstream.server.TestCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;

/// The real Valkey, or Redis where that is what the system has, on a port of loopback. It keeps nothing on disk.
final class ValkeyProcess implements AutoCloseable {
    private static final String PASSWORD = "not-a-secret";
    private static final Duration TIME_TO_START = Duration.ofSeconds(10);

    private final Path folder;
    private final int port;
    private final Optional<TestCertificate> certificate;
    private Process process;

    private ValkeyProcess(Path folder, int port, Optional<TestCertificate> certificate) throws IOException {
        this.folder = folder;
        this.port = port;
        this.certificate = certificate;
        this.process = started();
    }

    /// Starts it and waits until it answers.
    ///
    /// @param folder for its output
    static ValkeyProcess start(Path folder) throws IOException {
        return new ValkeyProcess(folder, freePort(), Optional.empty());
    }

    /// As [#start], with TLS alone.
    static ValkeyProcess start(Path folder, TestCertificate certificate) throws IOException {
        certificate.write(folder);
        return new ValkeyProcess(folder, freePort(), Optional.of(certificate));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process started() throws IOException {
        List<String> command = new ArrayList<>(List.of(program(), "--bind", "127.0.0.1", "--requirepass", PASSWORD));
        command.addAll(List.of("--save", "", "--appendonly", "no"));
        command.addAll(certificate.isEmpty() ? List.of("--port", Integer.toString(port)) : encryption());
        Process starting = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("valkey.log").toFile())
                .start();
        await("Valkey to answer")
                .atMost(TIME_TO_START)
                .ignoreExceptions()
                .until(() -> send("PING").equals("+PONG"));
        return starting;
    }

    private List<String> encryption() {
        return List.of(
                "--port",
                "0",
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                TestCertificate.certificateIn(folder).toString(),
                "--tls-key-file",
                TestCertificate.keyIn(folder).toString(),
                "--tls-auth-clients",
                "no");
    }

    /// Debian's names.
    private static String program() {
        for (String name : List.of("/usr/bin/valkey-server", "/usr/bin/redis-server")) {
            if (Files.isExecutable(Path.of(name))) {
                return name;
            }
        }
        throw new AssertionError("missing program: valkey-server or redis-server");
    }

    /// What a server has to be told to use it.
    Map<String, String> environment() {
        return Map.of(
                "LUNAR_VALKEY_URL",
                (certificate.isEmpty() ? "redis" : "rediss") + "://127.0.0.1:" + port,
                "LUNAR_VALKEY_PASSWORD",
                PASSWORD);
    }

    /// Sends a command without blanks in its words; gives the first line of the answer.
    String send(String... words) {
        try (Socket socket = sockets().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((encoded("AUTH", PASSWORD) + encoded(words)).getBytes(UTF_8));
            BufferedReader answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            answers.readLine();
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SocketFactory sockets() {
        return certificate
                .<SocketFactory>map(trusted -> trusted.trust().getSocketFactory())
                .orElseGet(SocketFactory::getDefault);
    }

    private static String encoded(String... words) {
        StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            text.append('$')
                    .append(word.getBytes(UTF_8).length)
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        return text.toString();
    }

    /// Publishes a text where the nodes tell changes.
    void publish(String text) {
        send("PUBLISH", Valkey.CHANNEL, text);
    }

    /// SIGKILL.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Starts it again after [#kill], at the same address; it has forgotten everything.
    void restart() throws IOException {
        process = started();
    }

    /// It keeps its connections, takes new ones, and answers nothing.
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new AssertionError("kill said " + code);
        }
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor(TIME_TO_START.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
