package io.lunarstream.bench.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lunarstream.bench.peer.LunarApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A partner who creates a livestream and reads it again, over and over, and remembers what was acknowledged.
final class Partner implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration REST = Duration.ofMillis(200);
    private static final int CREATED = 201;
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final LunarApi api;
    private final Tally tally;
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean over;

    Partner(LunarApi api, Tally tally) {
        this.api = api;
        this.tally = tally;
        this.thread = Thread.ofVirtual().name("partner").start(this::work);
    }

    /// How many livestreams were acknowledged so far.
    int acknowledged() {
        return acknowledged.size();
    }

    /// How many livestreams that were acknowledged are not there now.
    long lost() throws InterruptedException {
        long lost = 0;
        for (String id : acknowledged) {
            lost += status(request("/livestream/" + id).build()) == OK ? 0 : 1;
        }
        return lost;
    }

    private void work() {
        try {
            for (int i = 0; !over; i++) {
                create("faults-" + i);
                if (!acknowledged.isEmpty()) {
                    Answer _ = send(
                            "read",
                            request("/livestream/" + acknowledged.getLast()).build());
                }
                TimeUnit.MILLISECONDS.sleep(REST.toMillis());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private record Answer(int status, String text) {}

    private void create(String name) throws InterruptedException {
        Answer answer = send(
                "create",
                request("/livestream")
                        .POST(BodyPublishers.ofString(api.body(name)))
                        .build());
        if (answer.status() == CREATED) {
            try {
                acknowledged.add(JSON.readTree(answer.text())
                        .required("data")
                        .required("id")
                        .textValue());
            } catch (IOException | IllegalArgumentException _) {
                tally.count("create 201 without a livestream");
            }
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api.apiUrl() + path))
                .timeout(PATIENCE)
                .header("ls-api-key", api.apiKey())
                .header("content-type", "application/json");
    }

    private Answer send(String what, HttpRequest request) throws InterruptedException {
        long startNs = System.nanoTime();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            tally.took((System.nanoTime() - startNs) / 1e6);
            tally.count(what + " " + response.statusCode() + code(response));
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            tally.count(what + " without an answer (" + e.getClass().getSimpleName() + ")");
            return new Answer(0, "");
        }
    }

    private int status(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofString()).statusCode();
        } catch (IOException _) {
            return 0;
        }
    }

    /// The error's word, with a blank before.
    private static String code(HttpResponse<String> response) {
        if (response.statusCode() < 300) {
            return "";
        }
        try {
            JsonNode code = JSON.readTree(response.body()).path("code");
            return code.isTextual() ? " " + code.textValue() : " without a code";
        } catch (IOException _) {
            return " without a code";
        }
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
    }
}
