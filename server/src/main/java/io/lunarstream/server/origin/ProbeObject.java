package io.lunarstream.server.origin;

import io.lunarstream.server.http.Query;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The small object that edges are checked by, at `/hls/probe/{nonce}`: its text says what has reached the origin.
///
/// Any nonce will do and nothing is kept, so that every node answers alike. A new one cannot be in any cache; the
/// same one with two values of `_HLS_msn` shows whether a cache tells them apart.
///
/// @param nonce 32 hexadecimal digits
/// @param mediaSequence the query's `_HLS_msn`, if it has come and is a small number
public record ProbeObject(String nonce, Optional<String> mediaSequence) {
    private static final Pattern PATH = Pattern.compile("/hls/probe/([0-9a-f]{32})");
    private static final Pattern SMALL_NUMBER = Pattern.compile("[0-9]{1,9}");

    /// Long enough for the second look of a check to find what the first has left in a cache.
    private static final String CACHE = "public, max-age=60";

    /// One to ask for.
    public static ProbeObject of(String nonce, int mediaSequence) {
        return new ProbeObject(nonce, Optional.of(Integer.toString(mediaSequence)));
    }

    /// The one that a request asks for; empty if it asks for something else.
    static Optional<ProbeObject> of(HttpServerRequest request) {
        Matcher path = PATH.matcher(String.valueOf(request.path()));
        return path.matches() ? Optional.of(new ProbeObject(path.group(1), mediaSequence(request))) : Optional.empty();
    }

    private static Optional<String> mediaSequence(HttpServerRequest request) {
        return Query.parse(Objects.requireNonNullElse(request.query(), ""))
                .first(DeliveryDirectives.MSN)
                .filter(value -> SMALL_NUMBER.matcher(value).matches());
    }

    /// Its address below an edge's address of `/hls`, with its query.
    public String address() {
        return "/probe/" + nonce
                + mediaSequence
                        .map(number -> "?" + DeliveryDirectives.MSN + "=" + number)
                        .orElse("");
    }

    /// What the origin answers.
    public String text() {
        return "lunar-stream " + nonce + " " + mediaSequence.orElse("-") + "\n";
    }

    void send(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader("Cache-Control", CACHE);
        response.putHeader("Content-Type", "text/plain; charset=utf-8");
        response.putHeader("Content-Length", Integer.toString(text().length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(text());
        }
    }
}
