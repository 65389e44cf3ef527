package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/// A partner's backend: calls the Partner API with its key, as a foreign HTTP client.
final class PartnerApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// Below the 100 requests a minute of a partner, for tests that wait for a status.
    private static final Duration STATUS_POLL = Duration.ofSeconds(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Credentials credentials;
    private final PlaylistWatch watch;

    PartnerApi(Credentials credentials, PlaylistWatch watch) {
        this.credentials = credentials;
        this.watch = watch;
    }

    /// A new livestream with a push token of an hour.
    Livestream create(String name) {
        return create(name, Duration.ofHours(1));
    }

    /// @param tokenLife a minute or more
    Livestream create(String name, Duration tokenLife) {
        return followed(call("POST", "/livestream", newLivestream(name, tokenLife), 201));
    }

    /// A new livestream, or the one that was made before with the same key.
    Livestream createOnce(String name, String idempotencyKey) {
        HttpResponse<String> response = exchange(
                "POST", "/livestream", newLivestream(name, Duration.ofHours(1)), "Idempotency-Key", idempotencyKey);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return followed(data(response));
    }

    private Map<String, ?> newLivestream(String name, Duration tokenLife) {
        return Map.of(
                "name", name,
                "projectId", credentials.projectId(),
                "mediaServerId", credentials.mediaServerId(),
                "expiresIn", tokenLife.toSeconds());
    }

    Livestream get(String id) {
        return followed(call("GET", "/livestream/" + id, Map.of(), 200));
    }

    private Livestream followed(JsonNode json) {
        Livestream livestream = new Livestream(json);
        watch.follow(livestream.streamKey());
        return livestream;
    }

    void delete(String id) {
        watch.forget(get(id).streamKey());
        call("DELETE", "/livestream/" + id, Map.of(), 200);
    }

    /// Moves it to another media server.
    Livestream move(String id, String mediaServerId) {
        return new Livestream(call("PATCH", "/livestream/" + id, Map.of("mediaServerId", mediaServerId), 200));
    }

    /// What everybody may know of a livestream.
    Livestream streamInfo(String streamKey) {
        return new Livestream(call("GET", "/livestreams/stream-info/" + streamKey, Map.of(), 200));
    }

    /// The ids of those that take new livestreams, in their order.
    List<String> availableMediaServers() {
        return call("GET", "/media-servers/available", Map.of(), 200)
                .valueStream()
                .map(server -> server.path("id").asText())
                .toList();
    }

    /// Tries to create a livestream, whatever the answer.
    HttpResponse<String> tryToCreate(String name) {
        return exchange("POST", "/livestream", newLivestream(name, Duration.ofHours(1)));
    }

    /// Ends the broadcast.
    Livestream end(String id) {
        return new Livestream(call("POST", "/livestream/" + id + "/end", Map.of(), 200));
    }

    /// A new push token for a livestream.
    String generatePushToken(String id) {
        return call("POST", "/livestream/generate-push-token", Map.of("livestreamId", id), 201)
                .path("pushToken")
                .asText();
    }

    /// A new push token that makes all older ones invalid.
    String revokePushTokens(String id) {
        return call("POST", "/livestream/generate-push-token", Map.of("livestreamId", id, "revokePrevious", true), 201)
                .path("pushToken")
                .asText();
    }

    /// Waits for a status; the failure message carries what the livestream looks like instead.
    Livestream awaitStatus(String id, String status, Duration atMost) {
        return Awaitility.await("livestream to be " + status)
                .atMost(atMost)
                .pollInterval(STATUS_POLL)
                .until(() -> get(id), livestream -> livestream.status().equals(status));
    }

    /// How many livestreams the project has, as the list says.
    int total() {
        HttpResponse<String> list = exchange("GET", "/livestream", Map.of());
        return json(list).at("/meta/pagination/total").asInt();
    }

    private JsonNode call(String method, String path, Map<String, ?> body, int expectedStatus) {
        HttpResponse<String> response = exchange(method, path, body);
        assertThat(response.statusCode())
                .as("%s %s: %s", method, path, response.body())
                .isEqualTo(expectedStatus);
        return data(response);
    }

    private static JsonNode data(HttpResponse<String> response) {
        return json(response).path("data");
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response.body(), e);
        }
    }

    /// @param headers names and values by turns, beside the key
    private HttpResponse<String> exchange(String method, String path, Map<String, ?> body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(credentials.apiUrl() + path))
                .timeout(TIMEOUT)
                .header("ls-api-key", credentials.apiKey());
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (body.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(write(body)))
                    .header("Content-Type", "application/json");
        }
        try {
            return Documented.response(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String write(Map<String, ?> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
