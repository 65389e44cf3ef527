package io.lunarstream.server.auth;

import java.util.UUID;

/// Who makes a request.
public sealed interface Principal {

    /// A project, by one of its API keys.
    ///
    /// @param projectId the project that the request may see
    /// @param apiKeyId the key that was shown
    record Partner(UUID projectId, UUID apiKeyId) implements Principal {}

    /// A media server outside this process, by its secret.
    ///
    /// @param isNode whether it is a media node: one of ours, which reports
    record MediaServer(UUID id, boolean isNode) implements Principal {}

    /// An operator, by an access token.
    record Administrator(UUID accountId) implements Principal {}
}
