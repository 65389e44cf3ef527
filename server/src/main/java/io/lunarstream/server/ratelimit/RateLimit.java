package io.lunarstream.server.ratelimit;

import java.time.Duration;

/// Every rate limit: its name in the headers and in the configuration, and its default.
///
/// Source: the Partner API, rate limits.
public enum RateLimit {
    /// Partner endpoints, per API key.
    PARTNER("partner", 100),
    /// Public endpoints without health, signing keys and the player's files, per client address.
    PUBLIC("public", 1000),
    /// Requests with a wrong key or none, per client address. Only failures count.
    FAILED_AUTHENTICATIONS("failed-authentications", 20),
    /// Logins, per client address and per e-mail, before any password is hashed.
    LOGINS("logins", 20);

    private static final Duration DEFAULT_WINDOW = Duration.ofSeconds(60);

    private final String policyName;
    private final int defaultRequests;

    RateLimit(String policyName, int defaultRequests) {
        this.policyName = policyName;
        this.defaultRequests = defaultRequests;
    }

    public String policyName() {
        return policyName;
    }

    public Quota defaultQuota() {
        return new Quota(defaultRequests, DEFAULT_WINDOW);
    }
}
