package io.lunarstream.server.auth;

import java.util.UUID;

/// Who makes a request: a project, by one of its API keys.
///
/// @param projectId the project that the request may see
/// @param apiKeyId the key that was shown
public record Principal(UUID projectId, UUID apiKeyId) {}
