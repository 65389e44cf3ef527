package io.lunarstream.server.ratelimit;

import io.lunarstream.server.cluster.Valkey;
import io.lunarstream.server.cluster.WindowCount;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// Counts against every [RateLimit]: in Valkey, for all nodes together, or in memory where there is none or it is away.
///
/// Each node counts for itself, too: what it has let through stays counted when Valkey goes. Safe to call from any
/// thread but event loops, unless [#areInMemory]; waits for [Valkey#PATIENCE] at the most.
public final class RateLimits {
    private final Map<RateLimit, FixedWindows> windows = new EnumMap<>(RateLimit.class);
    private final Optional<Valkey> shared;
    private final InstantSource clock;
    private final LongAdder decidedAlone = new LongAdder();

    /// @param quotas those that differ from the defaults
    /// @param shared where all nodes count; empty if this is the only one
    public RateLimits(Map<RateLimit, Quota> quotas, Optional<Valkey> shared, InstantSource clock) {
        this.shared = shared;
        this.clock = clock;
        for (RateLimit limit : RateLimit.values()) {
            windows.put(limit, new FixedWindows(quotas.getOrDefault(limit, limit.defaultQuota())));
        }
    }

    /// Whether requests are counted without waiting for anything: then event loops may count them, too.
    public boolean areInMemory() {
        return shared.isEmpty();
    }

    /// Counts a request.
    ///
    /// @param key whom to count it for, such as an address
    public Decision take(RateLimit limit, String key) {
        FixedWindows own = Optional.ofNullable(windows.get(limit)).orElseThrow();
        Decision alone = own.take(key, clock.millis());
        return shared.map(valkey -> together(valkey, limit, key, alone)).orElse(alone);
    }

    private Decision together(Valkey valkey, RateLimit limit, String key, Decision alone) {
        Quota quota = alone.quota();
        Optional<WindowCount> count = valkey.count("limit:" + limit.policyName() + ":" + key, quota.window());
        if (count.isEmpty()) {
            decidedAlone.increment();
        }
        return count.map(all -> Decision.of(quota, all.requests(), all.leftMs()))
                .orElse(alone);
    }

    /// How many requests this node has counted alone, although there is a Valkey to share counts in.
    public long decidedAlone() {
        return decidedAlone.sum();
    }
}
