package io.lunarstream.server.live;

import java.util.ArrayDeque;
import java.util.Deque;

/// Keeps two encoders with the same stream key from taking it from each other for ever. Source: the Partner API, push
/// tokens: after 3 takeovers within 30 s newcomers are refused for 30 s.
final class TakeoverGuard {
    private static final int TAKEOVERS = 3;
    private static final long WITHIN_MS = 30_000;
    private static final long REFUSED_FOR_MS = 30_000;

    private final Deque<Long> takeoversMs = new ArrayDeque<>();
    private long refusedUntilMs = Long.MIN_VALUE;

    /// Whether one more publisher may take over now; if so, it is counted.
    boolean allows(long nowMs) {
        if (nowMs < refusedUntilMs) {
            return false;
        }
        while (!takeoversMs.isEmpty() && takeoversMs.getFirst() <= nowMs - WITHIN_MS) {
            takeoversMs.removeFirst();
        }
        if (takeoversMs.size() >= TAKEOVERS) {
            refusedUntilMs = nowMs + REFUSED_FOR_MS;
            takeoversMs.clear();
            return false;
        }
        takeoversMs.addLast(nowMs);
        return true;
    }
}
