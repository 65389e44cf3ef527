package io.lunarstream.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// The real nginx as an edge, by the configuration that `deploy/edge` shows, and viewers who ask it.
final class NginxEdge implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Nginx nginx;
    private final int port;

    private NginxEdge(Nginx nginx, int port) {
        this.nginx = nginx;
        this.port = port;
    }

    /// Starts nginx and waits until it listens.
    ///
    /// @param folder for all that it writes
    /// @param port where viewers come to
    static NginxEdge start(Path folder, int port, Credentials origin) {
        Map<String, String> words = Map.of(
                "ORIGIN", LOOPBACK + ":" + URI.create(origin.apiUrl()).getPort(),
                "HTTP", LOOPBACK + ":" + port,
                "CACHE_DIR", folder.toString());
        return new NginxEdge(Nginx.start(folder, "edge/nginx.conf", words, port), port);
    }

    /// A viewer who comes here.
    HlsClient hls() {
        return new HlsClient("http://" + LOOPBACK + ":" + port);
    }

    /// The address here of what has an address at the origin.
    URI at(URI origin) {
        String query = origin.getRawQuery() == null ? "" : "?" + origin.getRawQuery();
        return URI.create("http://" + LOOPBACK + ":" + port + origin.getRawPath() + query);
    }

    /// Asks for what has an address at the origin.
    ///
    /// @param headers names and values by turns
    HttpResponse<byte[]> get(URI origin, String... headers) {
        return send(http, request(origin, headers));
    }

    HttpResponse<byte[]> head(URI origin) {
        return send(http, request(origin).HEAD());
    }

    /// Asks from another address of this machine.
    HttpResponse<byte[]> getFrom(String address, URI origin) {
        try (HttpClient client = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(address))
                .build()) {
            return send(client, request(origin));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(URI origin, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(origin)).timeout(TIMEOUT);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<byte[]> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        nginx.close();
    }
}
