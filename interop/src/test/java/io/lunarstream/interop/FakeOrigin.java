package io.lunarstream.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.StaticFiles;
import io.lunarstream.server.player.PlayerAssets;
import io.lunarstream.server.player.PlayerPages;
import io.lunarstream.server.player.Preview;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Our player page over a folder that FFmpeg writes HLS into: states that a real origin reaches slowly, or only when
/// something breaks, are reached by moving files.
///
/// An address whose file is not there answers 404 with the code the test has set.
final class FakeOrigin implements AutoCloseable {
    private static final String MEDIA = "/hls/k/";

    private final HttpServer server;
    private final Path folder;
    private final StaticFiles assets = PlayerAssets.open();
    private final PlayerPages pages = new PlayerPages(assets);
    private volatile String code = "STREAM_NOT_STARTED";
    private volatile boolean failing;
    private final AtomicInteger requests = new AtomicInteger();

    private FakeOrigin(HttpServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    static FakeOrigin start(Path folder) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        FakeOrigin origin = new FakeOrigin(server, folder);
        server.createContext(MEDIA, origin::answerMedia);
        server.createContext(PlayerAssets.PREFIX, origin::answerAsset);
        server.start();
        return origin;
    }

    /// Address of the page with this origin and further sources.
    String pageAddress(String name, URI... furtherSources) {
        List<URI> sources = Stream.concat(Stream.of(URI.create(MEDIA + "master.m3u8")), Arrays.stream(furtherSources))
                .toList();
        server.createContext("/page", exchange -> send(exchange, pages.preview(new Preview(name, sources))));
        return address() + "/page";
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    URI multivariant() {
        return URI.create(address() + MEDIA + "master.m3u8");
    }

    /// What a missing playlist says from now on.
    void missingMeans(String newCode) {
        code = newCode;
    }

    /// From now on every playlist and segment is answered 503, or no longer.
    void setFailing(boolean nowFailing) {
        failing = nowFailing;
    }

    private void answerAsset(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        send(exchange, assets.find(path, Optional.empty()).orElseGet(pages::notFound));
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        response.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        send(exchange, response.status(), response.body().getBytes(UTF_8));
    }

    /// How many playlists and segments were asked for.
    int requests() {
        return requests.get();
    }

    private void answerMedia(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        exchange.getResponseHeaders().set("access-control-allow-origin", "*");
        Path file = folder.resolve(exchange.getRequestURI().getPath().substring(MEDIA.length()));
        if (failing) {
            send(exchange, 503, new byte[0]);
        } else if (Files.isRegularFile(file)) {
            send(exchange, 200, Files.readAllBytes(file));
        } else {
            send(exchange, 404, ("{\"statusCode\":404,\"code\":\"" + code + "\"}").getBytes(UTF_8));
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
