package io.lunarstream.server.livestream;

import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.livestream.NodeReport.HeldStream;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Where a livestream stands of which a media node speaks, and what becomes of the node's word.
///
/// | the node has a broadcast of it, and | then |
/// |---|---|
/// | the livestream is deleted | it is over, `api_ended` |
/// | it lives on another media server | it is over, `media_server_lost` |
/// | the publisher's token is revoked | it is over, `api_ended` or `token_revoked` |
/// | no encoder has come since the node's restart, and the broadcast has ended | it is over, for that reason |
/// | the fence is old or none, and the broadcast was given up | it goes on: `STARTED` again |
/// | else | it goes on |
///
/// @param mediaServerId where it lives
/// @param fence the current one
/// @param status as it is stored
/// @param startedAt when its latest broadcast became playable
/// @param endReason why its latest broadcast ended
/// @param deadline the latest `exp` of its unrevoked push tokens
/// @param connected whether a publisher is connected by the lease; empty if there is no lease
record NodeStanding(
        UUID id,
        String streamKey,
        UUID mediaServerId,
        boolean isDeleted,
        long fence,
        LivestreamStatus status,
        Optional<Instant> startedAt,
        Optional<EndReason> endReason,
        Instant deadline,
        Optional<Boolean> connected) {

    /// Whether a word counts: that of the media server it lives on, with the current fence.
    boolean heeds(UUID mediaServer, Optional<Long> knownFence) {
        return livesOn(mediaServer) && isCurrent(knownFence);
    }

    boolean livesOn(UUID mediaServer) {
        return !isDeleted && mediaServerId.equals(mediaServer);
    }

    /// Why a node's broadcast is over; empty if it goes on.
    ///
    /// @param isTokenGood whether the stream's token is not revoked
    Optional<EndReason> over(HeldStream stream, UUID node, boolean isTokenGood) {
        if (isDeleted) {
            return Optional.of(EndReason.API_ENDED);
        }
        if (!mediaServerId.equals(node)) {
            return Optional.of(EndReason.MEDIA_SERVER_LOST);
        }
        if (stream.tokenId().isPresent()) {
            return isTokenGood ? Optional.empty() : Optional.of(revoked());
        }
        return status == LivestreamStatus.STARTED || isLost() ? Optional.empty() : endReason;
    }

    private EndReason revoked() {
        return endReason.filter(EndReason.API_ENDED::equals).orElse(EndReason.TOKEN_REVOKED);
    }

    /// Whether a node that goes on has come back with a broadcast that was given up.
    boolean startsAgain(HeldStream stream) {
        return isLost() && !isCurrent(stream.fence());
    }

    private boolean isCurrent(Optional<Long> knownFence) {
        return knownFence.equals(Optional.of(fence));
    }

    private boolean isLost() {
        return status != LivestreamStatus.STARTED && endReason.equals(Optional.of(EndReason.MEDIA_SERVER_LOST));
    }
}
