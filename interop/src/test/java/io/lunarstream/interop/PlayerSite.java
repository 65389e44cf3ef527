package io.lunarstream.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;

/// A page of another site than the stream's, with three players to choose from.
///
/// hls.js is the one that the server ships; the others are those of `package-lock.json`, which `npm ci` installs.
final class PlayerSite implements AutoCloseable {
    private static final Path PAGES = Path.of("src/test/resources/players");
    private static final Path HLS_JS = Path.of("../server/src/main/resources/io/lunarstream/server/player/assets");
    private static final Path PACKAGES = Path.of("node_modules");

    private final HttpServer server;

    private PlayerSite(HttpServer server) {
        this.server = server;
    }

    static PlayerSite start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            addFolder(server, "/", PAGES);
            addFolder(server, "/hls/", HLS_JS);
            addFolder(server, "/node_modules/", PACKAGES);
            server.start();
            return new PlayerSite(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addFolder(HttpServer server, String path, Path folder) {
        server.createContext(
                path,
                exchange -> send(
                        exchange,
                        folder.resolve(exchange.getRequestURI().getPath().substring(path.length()))));
    }

    private static void send(HttpExchange exchange, Path file) throws IOException {
        try (exchange) {
            if (Files.isRegularFile(file)) {
                exchange.getResponseHeaders().set("Content-Type", contentType(file.toString()));
                exchange.sendResponseHeaders(200, Files.size(file));
                Files.copy(file, exchange.getResponseBody());
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    /// Browsers run only what is called a script.
    private static String contentType(String file) {
        return file.endsWith(".html") ? "text/html" : "text/javascript";
    }

    String address(String player, URI stream) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/index.html?player="
                + URLEncoder.encode(player, UTF_8) + "&address=" + URLEncoder.encode(stream.toString(), UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
