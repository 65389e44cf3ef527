package io.lunarstream.server.http;

import io.lunarstream.server.ratelimit.Decision;
import io.lunarstream.server.ratelimit.RateLimit;
import io.lunarstream.server.ratelimit.RateLimits;

/// Rate limits as HTTP tells them: the headers of every limited response, and 429.
///
/// | header | example | says |
/// |---|---|---|
/// | `RateLimit-Policy` | `"partner";q=100;w=60` | quota, window in seconds |
/// | `RateLimit` | `"partner";r=37;t=12` | remaining requests, seconds until the window closes |
///
/// Source: draft-ietf-httpapi-ratelimit-headers, revision 10.
final class Limiter {
    private final RateLimits limits;

    Limiter(RateLimits limits) {
        this.limits = limits;
    }

    /// Answers with the next step, or with 429.
    ///
    /// @param key whom to count the request for
    Response within(RateLimit limit, String key, Request request, Chain.Step next) {
        Decision decision = limits.take(limit, key);
        Response response = decision.passes()
                ? next.answer(request)
                : ApiError.rateLimited(decision.resetSeconds()).toResponse(request.id());
        String name = '"' + limit.policyName() + '"';
        return response.with(
                        "RateLimit-Policy",
                        name + ";q=" + decision.quota().requests() + ";w="
                                + decision.quota().window().toSeconds())
                .with("RateLimit", name + ";r=" + decision.remaining() + ";t=" + decision.resetSeconds());
    }
}
