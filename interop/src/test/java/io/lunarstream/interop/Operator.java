package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/// An operator of the service, logged in as the administrator of the first start.
final class Operator {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Credentials credentials;
    private final String accessToken;

    /// A media server that was registered.
    ///
    /// @param secret what it proves itself with
    record RegisteredServer(String id, String secret) {}

    Operator(Credentials credentials) {
        this.credentials = credentials;
        this.accessToken = post(
                        "/auth/login",
                        Map.of("email", credentials.adminEmail(), "password", credentials.adminPassword()),
                        "",
                        200)
                .path("accessToken")
                .asText();
    }

    /// Registers a media server.
    ///
    /// @param kind as the API spells it
    RegisteredServer register(String name, String kind, String rtmpServer, String hlsBaseUrl) {
        Map<String, ?> registration = Map.of(
                "name",
                name,
                "region",
                "here",
                "kind",
                kind,
                "rtmpServer",
                rtmpServer,
                "hlsBaseUrl",
                hlsBaseUrl,
                "maxStreams",
                10);
        JsonNode registered = post("/admin/media-servers", registration, "Bearer " + accessToken, 201);
        return new RegisteredServer(
                registered.path("id").asText(), registered.path("secret").asText());
    }

    /// How the CDN of a configured name does.
    JsonNode cdn(String name) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(credentials.apiUrl() + "/admin/cdn"))
                .header("Authorization", "Bearer " + accessToken)
                .build();
        return send(request, 200)
                .valueStream()
                .filter(cdn -> cdn.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode post(String path, Map<String, ?> body, String authorization, int expectedStatus) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(credentials.apiUrl() + path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            return send(request.build(), expectedStatus);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    private JsonNode send(HttpRequest request, int expectedStatus) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode())
                    .as(request.uri() + ": " + response.body())
                    .isEqualTo(expectedStatus);
            return JSON.readTree(response.body()).path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
