package io.lunarstream.server.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Counts requests by key in fixed windows. A key's window opens with its first request after the previous one has
/// closed, and exactly the quota passes in each.
final class FixedWindows {

    /// More clients than one server has in a minute. Strangers may come from more addresses than that: the least busy
    /// are forgotten then, some 20 MB at the most.
    static final int MAX_KEYS = 100_000;

    /// A window.
    ///
    /// @param requests that came, up to one more than the quota
    private record Window(long openedAtMs, int requests) {}

    private final Quota quota;
    private final long windowMs;
    private final Cache<String, Window> windows;

    FixedWindows(Quota quota) {
        this.quota = quota;
        this.windowMs = quota.window().toMillis();
        this.windows = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                // Only tidies up: whether a window has closed is seen by its own time.
                .expireAfterWrite(quota.window().multipliedBy(2))
                .executor(Runnable::run)
                .build();
    }

    Decision take(String key, long nowMs) {
        Window window =
                Objects.requireNonNull(windows.asMap().compute(key, (ignored, before) -> withOneMore(before, nowMs)));
        return Decision.of(quota, window.requests, window.openedAtMs + windowMs - nowMs);
    }

    /// A clock that was put back opens a new window too, so that nobody waits for longer than one.
    private Window withOneMore(@Nullable Window before, long nowMs) {
        if (before == null || nowMs < before.openedAtMs || nowMs - before.openedAtMs >= windowMs) {
            return new Window(nowMs, 1);
        }
        return before.requests > quota.requests() ? before : new Window(before.openedAtMs, before.requests + 1);
    }

    /// How many keys are kept.
    long size() {
        windows.cleanUp();
        return windows.estimatedSize();
    }
}
