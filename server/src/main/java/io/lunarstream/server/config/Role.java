package io.lunarstream.server.config;

/// What a process does. Source: operations, "Many machines".
public enum Role {
    /// Everything: the API, and a media server in the same process.
    ALL,
    /// The API alone, on the database that it shares with its like.
    API,
    /// A media server without a database, which asks and tells the API.
    MEDIA
}
