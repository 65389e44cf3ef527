package io.lunarstream.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A request to the API, before anybody has put credentials to it.
///
/// @param path under the base path, with a slash at its start; ids are its only variable parts
/// @param query names and values as they are, not yet encoded
public record ApiRequest(
        String method, String path, Map<String, String> query, Optional<JsonNode> body, Map<String, String> headers) {

    public ApiRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    private ApiRequest(String method, String path, Optional<JsonNode> body) {
        this(method, path, Map.of(), body, Map.of());
    }

    public static ApiRequest get(String path) {
        return new ApiRequest("GET", path, Optional.empty());
    }

    public static ApiRequest post(String path, JsonNode body) {
        return new ApiRequest("POST", path, Optional.of(body));
    }

    /// A request that is all said by its path.
    public static ApiRequest post(String path) {
        return new ApiRequest("POST", path, Optional.empty());
    }

    public static ApiRequest delete(String path) {
        return new ApiRequest("DELETE", path, Optional.empty());
    }

    /// The same with a query parameter more.
    public ApiRequest with(String name, Object value) {
        return new ApiRequest(method, path, and(query, name, value.toString()), body, headers);
    }

    public ApiRequest with(String name, Optional<?> value) {
        return value.map(given -> with(name, (Object) given)).orElse(this);
    }

    /// The same with a header more.
    public ApiRequest withHeader(String name, String value) {
        return new ApiRequest(method, path, query, body, and(headers, name, value));
    }

    private static Map<String, String> and(Map<String, String> map, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }

    URI at(ApiUrl url) {
        String parameters = query.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(url + path + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
