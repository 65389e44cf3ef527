package io.lunarstream.server.http;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An answer of the API.
///
/// @param status the HTTP status
/// @param headers by name in any case; those that every response carries are added by the chain
/// @param body its text, sent in UTF-8
public record Response(int status, Map<String, String> headers, String body) {
    private static final String JSON = "application/json; charset=utf-8";

    public Response {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = Collections.unmodifiableMap(anyCase);
    }

    /// The success envelope.
    private record Envelope(Object data, Map<String, Object> meta) {}

    /// 200 with `data` in the envelope.
    public static Response ok(Object data) {
        return json(200, Json.text(new Envelope(data, Map.of())));
    }

    /// 201 with `data` in the envelope.
    public static Response created(Object data) {
        return json(201, Json.text(new Envelope(data, Map.of())));
    }

    /// 200 with one page of a list in the envelope.
    public static Response page(List<?> items, PageRequest page, long total) {
        return json(200, Json.text(new Envelope(items, Map.of("pagination", page.pagination(total)))));
    }

    /// A JSON body without the envelope.
    public static Response bare(int status, Object body) {
        return json(status, Json.text(body));
    }

    /// A body of another kind, such as a page or metrics.
    public static Response text(int status, String contentType, String body) {
        return new Response(status, Map.of("Content-Type", contentType), body);
    }

    static Response json(int status, String body) {
        return new Response(status, Map.of("Content-Type", JSON), body);
    }

    static Response noContent() {
        return new Response(204, Map.of(), "");
    }

    /// The same response with one more header, or another value for it.
    public Response with(String name, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new Response(status, more, body);
    }

    /// The same response under a name for its contents, or 304 if the client has them.
    ///
    /// @param etag with its quotation marks
    /// @param ifNoneMatch the request's header of that name, if it has one
    public Response tagged(String etag, Optional<String> ifNoneMatch) {
        Response named = with("ETag", etag);
        boolean known = ifNoneMatch.filter(header -> header.contains(etag)).isPresent();
        return known ? new Response(304, named.headers, "") : named;
    }

    /// The same response with a header, unless it has it.
    Response withDefault(String name, String value) {
        return headers.containsKey(name) ? this : with(name, value);
    }
}
