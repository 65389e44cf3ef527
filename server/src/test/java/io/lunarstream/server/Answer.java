package io.lunarstream.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;

/// A response of the server under test.
public record Answer(HttpResponse<String> response) {
    private static final JsonMapper MAPPER = new JsonMapper();

    public int status() {
        return response.statusCode();
    }

    public JsonNode json() {
        return parse(response.body());
    }

    public JsonNode data() {
        return json().required("data");
    }

    /// A header's value; empty if it is not there.
    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }
}
