package io.lunarstream.interop;

import java.io.IOException;
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
import org.awaitility.Awaitility;

/// The real nginx, by one of the configurations of `deploy`, in a folder of its own.
final class Nginx implements AutoCloseable {
    /// Debian's, of the package `nginx`; not on everybody's `PATH`.
    private static final String PROGRAM = "/usr/sbin/nginx";

    private static final Path CONFIGURATIONS = Path.of("..", "deploy");

    /// Debian's are made for root.
    private static final String TEMPORARY_FOLDERS = "client_body_temp_path tmp; proxy_temp_path tmp;"
            + " fastcgi_temp_path tmp; scgi_temp_path tmp; uwsgi_temp_path tmp;";

    private static final Duration TIME_TO_START = Duration.ofSeconds(10);
    private static final Duration TIME_TO_END = Duration.ofSeconds(10);

    private final Path folder;
    private final ChildProcess process;

    private Nginx(Path folder, ChildProcess process) {
        this.folder = folder;
        this.process = process;
    }

    /// A port of loopback that is free now.
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts nginx and waits until it listens.
    ///
    /// @param folder for all that it writes
    /// @param configuration such as `edge/nginx.conf`
    /// @param words what the words in braces stand for
    /// @param port where it is going to listen
    static Nginx start(Path folder, String configuration, Map<String, String> words, int port) {
        try {
            String text = Files.readString(CONFIGURATIONS.resolve(configuration));
            Files.writeString(folder.resolve("nginx.conf"), filledIn(text, words));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Nginx nginx = new Nginx(folder, ChildProcess.start(command(folder)));
        nginx.awaitListening(port);
        return nginx;
    }

    private static String filledIn(String configuration, Map<String, String> words) {
        String text = configuration;
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace("${" + word.getKey() + "}", word.getValue());
        }
        return text.replace("http {", "http {" + TEMPORARY_FOLDERS);
    }

    private static List<String> command(Path folder) {
        // Root's nginx would serve as another user, who may not write into this folder.
        String user = System.getProperty("user.name").equals("root") ? " user root;" : "";
        List<String> command = new ArrayList<>(List.of(PROGRAM, "-p", folder.toString(), "-c", "nginx.conf"));
        command.addAll(List.of("-e", "error.log", "-g", "daemon off; pid nginx.pid;" + user));
        return command;
    }

    private void awaitListening(int port) {
        Awaitility.await("nginx to listen")
                .atMost(TIME_TO_START)
                .failFast("nginx has ended", () -> {
                    if (!process.isRunning()) {
                        throw new AssertionError(process.output() + "\n" + log());
                    }
                })
                .ignoreExceptions()
                .until(() -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        return socket.isConnected();
                    }
                });
    }

    /// Everything it has written but media.
    String log() {
        try {
            return Files.readString(folder.resolve("error.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// It ends by itself: while its children are killed one by one, a master makes new ones.
    @Override
    public void close() {
        process.terminate();
        process.awaitExit(TIME_TO_END);
    }
}
