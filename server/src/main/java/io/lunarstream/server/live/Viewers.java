package io.lunarstream.server.live;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// Who watches one stream: sessions that expire unless they ask again. Nothing is counted up or down, so nothing can
/// be counted wrong for ever. Safe to call from any thread.
final class Viewers {

    /// More are not told apart: 100 000 sessions cost some 10 MB.
    private static final int MOST_SESSIONS = 100_000;

    /// How long a viewer counts who does not ask again. Players ask at least every 1.5 target durations. Source: RFC
    /// 8216, section 6.3.4.
    private static final int TARGET_DURATIONS_OF_SESSION = 3;

    private final Windows windows;
    private final InstantSource clock;
    private final ConcurrentMap<ViewerSession, Long> lastSeenMs = new ConcurrentHashMap<>();
    private final AtomicLong forgetAtMs = new AtomicLong();

    /// @param windows what they watch
    Viewers(Windows windows, InstantSource clock) {
        this.windows = windows;
        this.clock = clock;
    }

    /// A session has asked for a playlist.
    void seen(ViewerSession session) {
        long nowMs = clock.millis();
        long due = forgetAtMs.get();
        if (due <= nowMs && forgetAtMs.compareAndSet(due, nowMs + lifetimeMs())) {
            forgetExpired(nowMs);
        }
        if (lastSeenMs.size() < MOST_SESSIONS || lastSeenMs.containsKey(session)) {
            lastSeenMs.put(session, nowMs);
        }
    }

    /// How many sessions have been seen lately.
    int count() {
        forgetExpired(clock.millis());
        return lastSeenMs.size();
    }

    private void forgetExpired(long nowMs) {
        long expiredMs = nowMs - lifetimeMs();
        lastSeenMs.values().removeIf(seenMs -> seenMs < expiredMs);
    }

    private long lifetimeMs() {
        Optional<Window> newest = windows.newest();
        return newest.map(window -> Duration.ofSeconds(window.playlist().targetDurationSeconds())
                        .multipliedBy(TARGET_DURATIONS_OF_SESSION)
                        .toMillis())
                .orElse(0L);
    }
}
