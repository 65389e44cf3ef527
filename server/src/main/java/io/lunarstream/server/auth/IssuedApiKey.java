package io.lunarstream.server.auth;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What is known of an API key, without the key.
///
/// @param name what its project calls it
/// @param prefix the key's first characters
/// @param lastUsedAt to the minute; empty if it was never used
/// @param revokedAt since when it is no longer good
public record IssuedApiKey(
        UUID id,
        String name,
        String prefix,
        Instant createdAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> revokedAt) {}
