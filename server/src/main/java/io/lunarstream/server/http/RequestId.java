package io.lunarstream.server.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of one request in responses and logs. Source: the Partner API, conventions.
final class RequestId {
    static final String HEADER = "X-Request-Id";

    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    /// The id that the listener has put on the response to a request.
    static String of(HttpServerRequest request) {
        return Objects.requireNonNull(request.response().headers().get(HEADER));
    }

    /// The client's own, if it is harmless to repeat; otherwise a new one.
    static String acceptedOrNew(@Nullable String clients) {
        return Optional.ofNullable(clients)
                .filter(id -> ACCEPTABLE.matcher(id).matches())
                .orElseGet(() -> UUID.randomUUID().toString());
    }
}
