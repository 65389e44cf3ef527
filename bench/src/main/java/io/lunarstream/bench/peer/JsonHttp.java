package io.lunarstream.bench.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lunarstream.bench.host.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/// Requests of an API that speaks JSON.
final class JsonHttp {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int SUCCESS = 2;

    private JsonHttp() {}

    /// Sends a body, with a header that says who asks.
    ///
    /// @return `data` of the answer
    static JsonNode post(String address, String header, String value, String body) {
        return send(HttpRequest.newBuilder(URI.create(address))
                .header(header, value)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /// Asks, with a header that says who asks.
    ///
    /// @return `data` of the answer
    static JsonNode get(String address, String header, String value) {
        return send(HttpRequest.newBuilder(URI.create(address))
                .header(header, value)
                .build());
    }

    /// Values as a JSON object.
    static String object(Map<String, ?> values) {
        return JSON.valueToTree(values).toString();
    }

    private static JsonNode send(HttpRequest request) {
        String path = request.uri().getPath();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != SUCCESS) {
                throw new BenchException(path + " answers " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body()).required("data");
        } catch (IOException e) {
            throw new BenchException(path + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }
}
