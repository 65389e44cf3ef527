package io.lunarstream.bench.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lunarstream.bench.peer.LunarApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A partner's backend, which knows what each answer has to be.
///
/// @param http shared by all, so that its connections can be closed before the server's are counted
record Partner(LunarApi server, HttpClient http, Findings findings) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY_HEADER = "ls-api-key";

    /// An answer that takes longer is none.
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /// One request of the Partner API.
    ///
    /// @param path below `/api/v1`
    /// @param body nothing if blank
    /// @param headers names and values, by turns
    record Call(String method, String path, String body, List<String> headers) {
        Call {
            headers = List.copyOf(headers);
        }

        static Call of(String method, String path) {
            return new Call(method, path, "", List.of());
        }

        static Call post(String path, Map<String, ?> body) {
            return new Call("POST", path, json(body), List.of());
        }

        /// The same with one more header.
        Call with(String name, String value) {
            return new Call(method, path, body, List.of(name, value));
        }
    }

    static String json(Map<String, ?> values) {
        return JSON.valueToTree(values).toString();
    }

    /// What creates a livestream.
    Map<String, Object> creation(String name, Duration tokenLife) {
        return Map.of(
                "name", name,
                "projectId", server.projectId(),
                "mediaServerId", server.mediaServerId(),
                "expiresIn", tokenLife.toSeconds());
    }

    /// Sends a request whose answer must have a status.
    ///
    /// @return the body
    JsonNode expect(int status, Call call) throws InterruptedException {
        return expect(List.of(status), call);
    }

    /// Sends a request whose answer must have one of some statuses.
    ///
    /// @return the body
    JsonNode expect(List<Integer> statuses, Call call) throws InterruptedException {
        HttpResponse<String> response = send(call);
        if (!statuses.contains(response.statusCode())) {
            boolean success = response.statusCode() < 300;
            findings.fail(
                    call.method() + " " + call.path(),
                    "answers " + response.statusCode() + " and not " + statuses
                            + (success ? "" : ": " + response.body()));
        }
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            findings.fail(call.method() + " " + call.path(), "the answer is no JSON: " + e.getOriginalMessage());
            return JSON.createObjectNode();
        }
    }

    /// Sends a request, with the key unless it has one of its own.
    HttpResponse<String> send(Call call) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.apiUrl() + call.path()))
                .timeout(TIMEOUT)
                .header("content-type", "application/json")
                .method(call.method(), HttpRequest.BodyPublishers.ofString(call.body()));
        request.setHeader(KEY_HEADER, server.apiKey());
        for (int i = 0; i < call.headers().size(); i += 2) {
            request.setHeader(call.headers().get(i), call.headers().get(i + 1));
        }
        findings.count("request of the API");
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(call.method() + " " + call.path() + " is not answered", e);
        }
    }
}
