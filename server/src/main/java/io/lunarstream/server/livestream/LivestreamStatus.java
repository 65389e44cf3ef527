package io.lunarstream.server.livestream;

/// Where a livestream stands. Source: the Partner API, status.
public enum LivestreamStatus {
    /// Waiting for a broadcaster.
    READY_FOR_USE,
    /// Live: the first segment can be played.
    STARTED,
    /// The broadcast ended.
    ENDED,
    /// The deadline passed during a broadcast, or before one began.
    TOKEN_EXPIRED
}
