package io.lunarstream.server.http;

import java.util.List;

/// What pages of other sites may do with public endpoints: everything. Source: the Partner API, conventions.
final class Cors {

    /// How long a browser may remember a preflight's answer, in seconds: a day, which most browsers cut to less.
    private static final String MAX_AGE_SECONDS = "86400";

    private Cors() {}

    static Response exposed(Response response) {
        return response.with("Access-Control-Allow-Origin", "*")
                .with("Access-Control-Expose-Headers", "X-Request-Id, RateLimit, RateLimit-Policy, Retry-After");
    }

    static Response preflight(List<String> allowed) {
        String methods = String.join(", ", allowed);
        return Response.noContent()
                .with("Allow", methods)
                .with("Access-Control-Allow-Methods", methods)
                .with("Access-Control-Allow-Headers", "*")
                .with("Access-Control-Max-Age", MAX_AGE_SECONDS);
    }
}
