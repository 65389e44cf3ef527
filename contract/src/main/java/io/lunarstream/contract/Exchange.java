package io.lunarstream.contract;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A request and what was answered.
///
/// @param method of the request
/// @param path of the request, as sent, without the query
/// @param status of the response
/// @param headers of the response, by name in any case
/// @param body of the response, empty for `HEAD`
public record Exchange(String method, String path, int status, Map<String, List<String>> headers, String body) {

    public Exchange {
        Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    /// What a client of the JDK has sent and received.
    public static Exchange of(HttpResponse<String> response) {
        return of(response, response.body());
    }

    /// What a client of the JDK has sent and received.
    ///
    /// @param body as text
    public static Exchange of(HttpResponse<?> response, String body) {
        String path = response.request().uri().getRawPath();
        return new Exchange(
                response.request().method(),
                path.isEmpty() ? "/" : path,
                response.statusCode(),
                response.headers().map(),
                body);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(List::getFirst);
    }

    /// The content type without its parameters; empty if there is none.
    String mediaType() {
        return header("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /// The method whose answer this is, `HEAD` being `GET` without a body.
    String documentedMethod() {
        return method.equals("HEAD") ? "GET" : method;
    }

    boolean isHead() {
        return method.equals("HEAD");
    }
}
