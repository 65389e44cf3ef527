package io.lunarstream.server.ratelimit;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Counts against every [RateLimit], in memory. Safe to call from any thread; never waits.
public final class RateLimits {
    private final Map<RateLimit, FixedWindows> windows = new EnumMap<>(RateLimit.class);
    private final InstantSource clock;

    /// @param quotas those that differ from the defaults
    public RateLimits(Map<RateLimit, Quota> quotas, InstantSource clock) {
        this.clock = clock;
        for (RateLimit limit : RateLimit.values()) {
            windows.put(limit, new FixedWindows(quotas.getOrDefault(limit, limit.defaultQuota())));
        }
    }

    /// Counts a request.
    ///
    /// @param key whom to count it for, such as an address
    public Decision take(RateLimit limit, String key) {
        return Optional.ofNullable(windows.get(limit)).orElseThrow().take(key, clock.millis());
    }
}
