package io.lunarstream.server.pushtoken;

import io.lunarstream.server.mediaserver.MediaServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A push token just made. What the publisher shows is a secret and is not stored.
///
/// @param jti its id
/// @param subject what it is good for
/// @param keyId `kid` of the key that signed it; empty if it is opaque
/// @param issuedAt `iat`, whole seconds
/// @param expiresAt `exp`, whole seconds
/// @param text what the publisher shows: a JWT, or 48 opaque characters
public record PushToken(
        UUID jti, Subject subject, Optional<String> keyId, Instant issuedAt, Instant expiresAt, String text) {

    /// What a push token looks like.
    public enum Form {
        JWT,
        OPAQUE;

        /// The form for a media server: a JWT wherever a stream name may be long enough for it.
        public static Form on(MediaServer.Kind kind) {
            return switch (kind) {
                case LUNAR, SRS, ZLMEDIAKIT -> JWT;
                case NGINX_RTMP -> OPAQUE;
            };
        }
    }

    /// What the token is for.
    ///
    /// @param livestreamId claim `sub`
    /// @param streamKey the stream key it is good for
    public record Subject(UUID livestreamId, UUID projectId, UUID mediaServerId, String streamKey) {}

    public UUID livestreamId() {
        return subject.livestreamId();
    }

    public Duration lifetime() {
        return Duration.between(issuedAt, expiresAt);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "PushToken[jti=" + jti + ", livestreamId=" + livestreamId() + ", expiresAt=" + expiresAt + "]";
    }
}
