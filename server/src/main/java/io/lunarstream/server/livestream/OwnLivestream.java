package io.lunarstream.server.livestream;

import io.lunarstream.server.livestream.LivestreamCreation.CreateCommand;
import io.lunarstream.server.livestream.LivestreamService.TokenCommand;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A livestream that the program itself broadcasts to, such as the demo's. It is made when it is first wanted, and
/// found again by its `externalId` from then on.
public final class OwnLivestream {
    private final LivestreamCreation creation;
    private final LivestreamService livestreams;
    private final UUID projectId;
    private final UUID mediaServerId;
    private final String name;
    private final String externalId;

    public OwnLivestream(
            LivestreamCreation creation,
            LivestreamService livestreams,
            UUID projectId,
            UUID mediaServerId,
            String name,
            String externalId) {
        this.creation = creation;
        this.livestreams = livestreams;
        this.projectId = projectId;
        this.mediaServerId = mediaServerId;
        this.name = name;
        this.externalId = externalId;
    }

    /// What is needed to broadcast.
    ///
    /// @param streamKey public
    /// @param pushToken secret
    /// @param expiresAt when the token's time is over
    public record Access(String streamKey, String pushToken, Instant expiresAt) {

        /// Without the secret.
        @Override
        public String toString() {
            return "Access[streamKey=" + streamKey + ", expiresAt=" + expiresAt + "]";
        }
    }

    /// Makes a push token, and the livestream if it is not there. A broadcast that is under way may go on until the
    /// new token expires.
    ///
    /// @param lifetime of the token, in whole seconds
    public Access open(Duration lifetime) {
        Optional<BigInteger> expiresIn = Optional.of(BigInteger.valueOf(lifetime.toSeconds()));
        LivestreamWithToken made = livestreams
                .findByExternalId(projectId, externalId)
                .map(found -> livestreams.generateToken(
                        new TokenCommand(projectId, found.id(), expiresIn, /* revokePrevious= */ false)))
                .orElseGet(() -> creation.create(
                        new CreateCommand(projectId, mediaServerId, name, expiresIn, Optional.of(externalId), Map.of()),
                        Optional.empty()));
        return new Access(
                made.livestream().streamKey(), made.token().text(), made.token().expiresAt());
    }
}
