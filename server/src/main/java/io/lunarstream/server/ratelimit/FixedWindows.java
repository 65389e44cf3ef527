package io.lunarstream.server.ratelimit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

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

    /// Of a key that is not known yet: it is over at any time.
    private static final Window NONE = new Window(Long.MAX_VALUE, 0);

    private final Quota quota;
    private final long windowMs;

    /// Each behind a reference of its own: requests with one key come on many threads at once, and a lock would make
    /// them wait for each other, without any order.
    private final LoadingCache<String, AtomicReference<Window>> windows;

    FixedWindows(Quota quota) {
        this.quota = quota;
        this.windowMs = quota.window().toMillis();
        this.windows = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                // Only tidies up: whether a window has closed is seen by its own time.
                .expireAfterAccess(quota.window().multipliedBy(2))
                .executor(Runnable::run)
                .build(_ -> new AtomicReference<>(NONE));
    }

    Decision take(String key, long nowMs) {
        Window window = Objects.requireNonNull(windows.get(key)).updateAndGet(before -> withOneMore(before, nowMs));
        return Decision.of(quota, window.requests, window.openedAtMs + windowMs - nowMs);
    }

    /// A clock that was put back opens a new window too, so that nobody waits for longer than one.
    private Window withOneMore(Window before, long nowMs) {
        if (nowMs < before.openedAtMs || nowMs - before.openedAtMs >= windowMs) {
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
