package io.lunarstream.server.livestream;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What everybody may know of a livestream, and what that takes: no token, no project, no metadata.
///
/// @param rtmpServer where encoders send to
/// @param hlsBaseUrl where its media server serves HLS
/// @param isEmbedded whether that is the embedded one
/// @param isConnected whether a publisher is connected at a media node
/// @param mediaServer its media server's name
/// @param region where its media server stands
/// @param deadline the latest `exp` of its unrevoked push tokens
/// @param startedAt when its latest broadcast became playable
/// @param endedAt when its latest broadcast ended; empty while it is live
record PublicLivestream(
        UUID id,
        String name,
        LivestreamStatus status,
        String streamKey,
        String rtmpServer,
        String hlsBaseUrl,
        boolean isEmbedded,
        boolean isConnected,
        String mediaServer,
        String region,
        Instant deadline,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Instant createdAt) {

    /// The same livestream at a later instant: one that still waits when its deadline has passed has expired.
    ///
    /// @param passed the latest deadline that has passed
    PublicLivestream at(Instant passed) {
        LivestreamStatus now = status == LivestreamStatus.READY_FOR_USE && !deadline.isAfter(passed)
                ? LivestreamStatus.TOKEN_EXPIRED
                : status;
        return new PublicLivestream(
                id,
                name,
                now,
                streamKey,
                rtmpServer,
                hlsBaseUrl,
                isEmbedded,
                isConnected,
                mediaServer,
                region,
                deadline,
                startedAt,
                endedAt,
                createdAt);
    }
}
