package io.lunarstream.server.http;

/// Who may use a route.
public enum Access {
    /// A partner's backend, by its project's API key. No CORS: keys do not belong in browsers.
    PARTNER,
    /// A media server outside this process, by its secret.
    MEDIA_SERVER,
    /// An operator, by an access token. No CORS.
    ADMIN,
    /// Anybody who proves by the body who they are. No CORS.
    CREDENTIALS,
    /// Anybody, from any page.
    PUBLIC
}
