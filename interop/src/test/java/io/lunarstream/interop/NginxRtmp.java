package io.lunarstream.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/// The real nginx with its RTMP module, by the configuration that `deploy/nginx-rtmp` shows, in a folder of its own.
final class NginxRtmp implements AutoCloseable {
    private static final Path CONFIGURATION = Path.of("..", "deploy", "nginx-rtmp", "nginx.conf");

    /// Debian's, of the packages `nginx` and `libnginx-mod-rtmp`; not on everybody's `PATH`.
    private static final String NGINX = "/usr/sbin/nginx";

    /// Debian's are made for root.
    private static final String TEMPORARY_FOLDERS = "client_body_temp_path tmp; proxy_temp_path tmp;"
            + " fastcgi_temp_path tmp; scgi_temp_path tmp; uwsgi_temp_path tmp;";

    private static final Duration TIME_TO_START = Duration.ofSeconds(10);
    private static final String LOOPBACK = "127.0.0.1";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final ChildProcess process;

    private NginxRtmp(Path folder, ChildProcess process) {
        this.folder = folder;
        this.process = process;
    }

    /// Where an nginx is going to listen, on loopback.
    record Ports(int rtmp, int http) {

        /// Two that are free now.
        static Ports free() {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            try (ServerSocket rtmp = new ServerSocket(0, 1, loopback);
                    ServerSocket http = new ServerSocket(0, 1, loopback)) {
                return new Ports(rtmp.getLocalPort(), http.getLocalPort());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String rtmpServer() {
            return "rtmp://" + LOOPBACK + ":" + rtmp + "/live";
        }

        String hlsBaseUrl() {
            return "http://" + LOOPBACK + ":" + http + "/hls";
        }
    }

    /// Starts nginx and waits until it listens.
    ///
    /// @param folder for all that it writes
    /// @param secret what registering it has answered
    static NginxRtmp start(Path folder, Ports ports, Credentials lunar, String secret) {
        Map<String, String> words = Map.of(
                "LUNAR",
                URI.create(lunar.apiUrl()).getAuthority(),
                "SECRET",
                secret,
                "RTMP",
                LOOPBACK + ":" + ports.rtmp(),
                "HTTP",
                LOOPBACK + ":" + ports.http(),
                "HLS_DIR",
                folder.resolve("hls").toString());
        write(folder.resolve("nginx.conf"), filledIn(words));
        NginxRtmp nginx = new NginxRtmp(folder, ChildProcess.start(command(folder)));
        nginx.awaitListening(ports);
        return nginx;
    }

    private static List<String> command(Path folder) {
        // Root's nginx would serve as another user, who may not write into this folder.
        String user = System.getProperty("user.name").equals("root") ? " user root;" : "";
        List<String> command = new ArrayList<>(List.of(NGINX, "-p", folder.toString(), "-c", "nginx.conf"));
        command.addAll(List.of("-e", "error.log", "-g", "daemon off; pid nginx.pid;" + user));
        return command;
    }

    private static String filledIn(Map<String, String> words) {
        try {
            String text = Files.readString(CONFIGURATION);
            for (Map.Entry<String, String> word : words.entrySet()) {
                text = text.replace("${" + word.getKey() + "}", word.getValue());
            }
            return text.replace("http {", "http {" + TEMPORARY_FOLDERS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening(Ports ports) {
        Awaitility.await("nginx to listen")
                .atMost(TIME_TO_START)
                .failFast("nginx has ended", () -> {
                    if (!process.isRunning()) {
                        throw new AssertionError(process.output() + "\n" + log());
                    }
                })
                .ignoreExceptions()
                .until(() -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.rtmp())) {
                        return socket.isConnected();
                    }
                });
    }

    /// The status that it answers a viewer with.
    int status(URI address) {
        try {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// Everything it has written but media.
    String log() {
        try {
            return Files.readString(folder.resolve("error.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
