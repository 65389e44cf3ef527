package io.lunarstream.server.cdn;

/// How a CDN did when it was last looked at.
enum CdnStatus {
    /// Nobody has looked yet: the server has just started.
    UNKNOWN,
    UP,
    DOWN
}
