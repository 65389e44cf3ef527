package io.lunarstream.server.ratelimit;

/// Whether a request passes, and where its window stands then.
///
/// @param quota of the window
/// @param passes whether the request is within the quota
/// @param remaining how many more pass in this window
/// @param resetSeconds until the window closes, rounded up: at least 1
public record Decision(Quota quota, boolean passes, int remaining, long resetSeconds) {}
