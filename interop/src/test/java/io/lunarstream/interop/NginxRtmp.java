package io.lunarstream.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;

/// The real nginx with its RTMP module, by the configuration that `deploy/nginx-rtmp` shows. Debian's package is
/// `libnginx-mod-rtmp`.
final class NginxRtmp implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Nginx nginx;

    private NginxRtmp(Nginx nginx) {
        this.nginx = nginx;
    }

    /// Where an nginx is going to listen, on loopback.
    record Ports(int rtmp, int http) {

        /// Two that are free now.
        static Ports free() {
            return new Ports(Nginx.freePort(), Nginx.freePort());
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
        return new NginxRtmp(Nginx.start(folder, "nginx-rtmp/nginx.conf", words, ports.rtmp()));
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
        return nginx.log();
    }

    @Override
    public void close() {
        nginx.close();
    }
}
