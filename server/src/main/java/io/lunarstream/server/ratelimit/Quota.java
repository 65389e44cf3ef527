package io.lunarstream.server.ratelimit;

import java.time.Duration;

/// How many requests pass in a window.
///
/// @param requests at least 1
/// @param window whole seconds
public record Quota(int requests, Duration window) {}
