package io.lunarstream.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.contract.Contract;
import io.lunarstream.contract.Exchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/// A partner's backend that knows a server by the credentials file in its data directory.
public class TestClient {
    /// What every response is held against.
    public static final Contract CONTRACT = Contract.read("/io/lunarstream/server/apidocs/openapi.yaml");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final JsonNode credentials;

    TestClient(Path dataDirectory) {
        this.credentials = credentialsIn(dataDirectory);
    }

    static JsonNode credentialsIn(Path dataDirectory) {
        try {
            return Answer.parse(Files.readString(dataDirectory.resolve("credentials.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String projectId() {
        return credentials.required("projectId").asText();
    }

    public String apiKey() {
        return credentials.required("apiKey").asText();
    }

    public String adminEmail() {
        return credentials.required("adminEmail").asText();
    }

    public String adminPassword() {
        return credentials.required("adminPassword").asText();
    }

    public String mediaServerId() {
        return credentials.required("mediaServerId").asText();
    }

    public int rtmpPort() {
        return URI.create(credentials.required("rtmpUrl").asText()).getPort();
    }

    /// A request to a path under the base path, or to one at the root if it starts with `//`.
    public HttpRequest.Builder request(String path) {
        String api = credentials.required("apiUrl").asText();
        String address = path.startsWith("//") ? api.replace("/api/v1", path.substring(1)) : api + path;
        return HttpRequest.newBuilder(URI.create(address));
    }

    /// A request with the first project's key.
    public HttpRequest.Builder partner(String path) {
        return request(path).header("ls-api-key", apiKey());
    }

    public Answer get(String path) {
        return send(partner(path));
    }

    public Answer post(String path, String json) {
        return send(json(path, apiKey(), json));
    }

    public Answer patch(String path, String json) {
        return send(json(path, apiKey(), json).method("PATCH", BodyPublishers.ofString(json)));
    }

    /// A request that posts JSON with a key.
    public HttpRequest.Builder json(String path, String key, String json) {
        return request(path)
                .header("ls-api-key", key)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json));
    }

    /// Ends a livestream's broadcast.
    public Answer end(String id) {
        return send(partner("/livestream/" + id + "/end").POST(BodyPublishers.noBody()));
    }

    public Answer delete(String path) {
        return send(partner(path).DELETE());
    }

    public Answer management(String path) {
        return send(HttpRequest.newBuilder(
                URI.create(credentials.required("managementUrl").asText() + path)));
    }

    /// Sends a request; the test fails if the response is not as `openapi.yaml` says.
    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            CONTRACT.check(Exchange.of(response));
            return new Answer(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The body of a create request, with more fields at its end.
    public String createBody(String name, String more) {
        return "{\"name\":\"%s\",\"projectId\":\"%s\",\"mediaServerId\":\"%s\"%s}"
                .formatted(name, projectId(), mediaServerId(), more);
    }

    /// Creates a livestream.
    public JsonNode create(String name) {
        return create(name, "");
    }

    public JsonNode create(String name, String more) {
        Answer answer = post("/livestream", createBody(name, more));
        if (answer.status() != 201) {
            throw new AssertionError(answer.response().body());
        }
        return answer.data();
    }
}
