package io.lunarstream.server.pushauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// The commands of an SRS or a ZLMediaKit: lists its publishers, and notes which are cut.
///
/// Source: answers of SRS 6.0.157 and of ZLMediaKit of August 2026.
final class FakeMediaServerApi implements AutoCloseable {
    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /// @param answers what is answered, by path
    FakeMediaServerApi(Map<String, String> answers) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> answer(exchange, answers));
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// What was asked, such as `GET /api/v1/clients/?count=10`.
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange, Map<String, String> answers) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        byte[] body = answers.getOrDefault(exchange.getRequestURI().getPath(), "{\"code\":0}")
                .getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
