package io.lunarstream.server.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// The standard error body for handlers that bypass the chain, such as the origin's.
public final class RawErrors {
    private RawErrors() {}

    /// Answers a request with an error, on its event loop. Headers set before, such as CORS and caching, stay.
    ///
    /// @return completes when the response has been handed to the socket
    public static Future<Void> send(HttpServerRequest request, ApiError error) {
        HttpServerResponse response = request.response();
        Buffer body = Buffer.buffer(error.toJson(RequestId.of(request)));
        response.setStatusCode(error.code().status())
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .putHeader("Content-Length", Integer.toString(body.length()));
        error.retryAfter().ifPresent(wait -> response.putHeader("Retry-After", Long.toString(wait.toSeconds())));
        return request.method().name().equals("HEAD") ? response.end() : response.end(body);
    }

    /// Answers that there is no such path, or no such method of it: `Cannot GET /hls/x`.
    public static Future<Void> sendCannot(HttpServerRequest request, ErrorCode code) {
        return send(request, ApiError.cannot(code, request.method().name(), String.valueOf(request.path())));
    }
}
