package io.lunarstream.supply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A server on loopback that answers as OSV does: batches of ids in the order of the questions, a page at a time.
final class FakeOsv implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final Map<String, List<String>> ids = new HashMap<>();
    private final Map<String, String> records = new HashMap<>();
    private int status = 200;
    private boolean endless;

    FakeOsv() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/querybatch", this::answerBatch);
        server.createContext("/v1/vulns/", this::answerRecord);
        server.setExecutor(Thread::startVirtualThread);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Makes ids known of a package, each of which comes on a page of its own.
    FakeOsv knows(String name, String version, String... known) {
        ids.put(name + " " + version, List.of(known));
        return this;
    }

    FakeOsv tells(String id, String record) {
        records.put("/v1/vulns/" + id, record);
        return this;
    }

    FakeOsv fails(int withStatus) {
        status = withStatus;
        return this;
    }

    FakeOsv neverEnds() {
        endless = true;
        return this;
    }

    private void answerBatch(HttpExchange exchange) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        for (JsonNode query : JSON.readTree(exchange.getRequestBody()).path("queries")) {
            List<String> known = ids.getOrDefault(
                    query.at("/package/name").asText() + " "
                            + query.path("version").asText(),
                    List.of());
            int page = query.path("page_token").asInt();
            ObjectNode result = answer.withArray("results").addObject();
            if (page < known.size()) {
                result.withArray("vulns")
                        .addObject()
                        .put("id", known.get(page))
                        .put("modified", "2026-01-01T00:00:00Z");
            }
            if (endless || page + 1 < known.size()) {
                result.put("next_page_token", Integer.toString(page + 1));
            }
        }
        send(exchange, answer.toString());
    }

    private void answerRecord(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        send(exchange, records.getOrDefault(path, "{\"id\":\"%s\"}".formatted(path.replaceAll(".*/", ""))));
    }

    private void send(HttpExchange exchange, String body) throws IOException {
        exchange.sendResponseHeaders(status, 0);
        exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
