package io.lunarstream.server.cdn;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lunarstream.server.config.Settings.Cdn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A CDN on loopback that asks the origin as one does, unless it has a fault.
final class FakeCdn implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int SECONDS_TO_START = 20;
    private static final int PIECE_BYTES = 64 * 1024;

    private final CompletableFuture<URI> origin = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, String> cache = new ConcurrentHashMap<>();
    private final String name;
    private final HttpServer server;
    private volatile Fault fault;

    /// What is wrong with it.
    enum Fault {
        NONE,
        NO_CONNECTION,
        SILENT,
        ENDLESS,
        ERROR,
        REDIRECT,
        ANOTHER_SITE,
        NO_QUERY,
        KEY_WITHOUT_QUERY,
        NO_CORS
    }

    FakeCdn(String name, Fault fault) {
        this.name = name;
        this.fault = fault;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/hls/", this::answer);
        server.setExecutor(Thread::startVirtualThread);
        server.start();
        if (fault == Fault.NO_CONNECTION) {
            server.stop(0);
        }
    }

    /// Where it is, for the configuration.
    Cdn cdn() {
        return new Cdn(name, "http://127.0.0.1:" + server.getAddress().getPort() + "/hls", List.of());
    }

    /// As the environment writes it.
    String word() {
        return name + "=" + cdn().url();
    }

    /// Says where the origin is; questions wait until then.
    void leadTo(URI address) {
        origin.complete(address);
    }

    void become(Fault other) {
        fault = other;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (fault) {
                case NONE, NO_QUERY, KEY_WITHOUT_QUERY, NO_CORS -> handOn(exchange);
                case ERROR -> send(exchange, 502, "bad gateway".repeat(1_000));
                case REDIRECT -> {
                    exchange.getResponseHeaders().set("Location", "http://10.0.0.1/");
                    send(exchange, 302, "");
                }
                case ANOTHER_SITE -> send(exchange, 200, "<html>Buy this domain</html>");
                case ENDLESS -> sendWithoutEnd(exchange);
                case SILENT, NO_CONNECTION -> closing.await();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void handOn(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        String asked = exchange.getRequestURI().toString();
        String text = fault == Fault.KEY_WITHOUT_QUERY ? cache.get(path) : null;
        if (text == null) {
            text = ask(fault == Fault.NO_QUERY ? path : asked);
            cache.put(path, text);
        }
        if (fault != Fault.NO_CORS) {
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        }
        send(exchange, 200, text);
    }

    private String ask(String address) throws IOException, InterruptedException {
        URI url = origin.orTimeout(SECONDS_TO_START, TimeUnit.SECONDS).join().resolve(address);
        HttpResponse<String> answer = CLIENT.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
        return answer.body();
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /// Until the other side has had enough.
    private static void sendWithoutEnd(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        while (true) {
            exchange.getResponseBody().write(new byte[PIECE_BYTES]);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
