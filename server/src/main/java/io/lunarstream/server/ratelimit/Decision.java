package io.lunarstream.server.ratelimit;

/// Whether a request passes, and where its window stands then.
///
/// @param quota of the window
/// @param passes whether the request is within the quota
/// @param remaining how many more pass in this window
/// @param resetSeconds until the window closes, rounded up: at least 1
public record Decision(Quota quota, boolean passes, int remaining, long resetSeconds) {
    private static final long MILLIS_PER_SECOND = 1000;

    /// What a window's count decides.
    ///
    /// @param requests that came in the window, this one included
    /// @param leftMs until the window closes
    static Decision of(Quota quota, long requests, long leftMs) {
        return new Decision(
                quota,
                requests <= quota.requests(),
                (int) Math.max(0, quota.requests() - requests),
                Math.max(1, Math.ceilDiv(leftMs, MILLIS_PER_SECOND)));
    }
}
