package io.lunarstream.server.http;

/// Who may use a route.
public enum Access {
    /// A partner's backend, by its project's API key. No CORS: keys do not belong in browsers.
    PARTNER,
    /// A media server outside this process, by its secret.
    MEDIA_SERVER,
    /// Anybody, from any page.
    PUBLIC
}
