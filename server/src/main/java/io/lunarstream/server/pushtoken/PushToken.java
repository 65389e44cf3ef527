package io.lunarstream.server.pushtoken;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// A signed push token. The JWT itself is a secret and is not stored.
///
/// @param jti its id
/// @param livestreamId what it may send to
/// @param keyId `kid` of the key that signed it
/// @param issuedAt `iat`, whole seconds
/// @param expiresAt `exp`, whole seconds
/// @param jwt what the publisher shows
public record PushToken(UUID jti, UUID livestreamId, String keyId, Instant issuedAt, Instant expiresAt, String jwt) {

    /// What the token is for.
    ///
    /// @param livestreamId claim `sub`
    /// @param streamKey the stream key it is good for
    public record Subject(UUID livestreamId, UUID projectId, UUID mediaServerId, String streamKey) {}

    public Duration lifetime() {
        return Duration.between(issuedAt, expiresAt);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "PushToken[jti=" + jti + ", livestreamId=" + livestreamId + ", expiresAt=" + expiresAt + "]";
    }
}
