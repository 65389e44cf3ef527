package io.lunarstream.server.demo;

import java.time.Duration;

/// How long to wait before the next try: twice as long after each failure, up to a limit.
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);

    /// A server that comes back is found within this time, and a broken one is not flooded.
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /// The wait after one more failure.
    Duration next() {
        Duration wait = next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return wait;
    }

    /// It worked: the next failure is the first again.
    void reset() {
        next = FIRST;
    }
}
