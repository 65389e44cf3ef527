package io.lunarstream.server.livestream;

import io.lunarstream.server.mediaserver.MediaServer;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A livestream: a name, a stream key, a status.
///
/// @param externalId the partner's own id, unique in the project
/// @param metadata the partner's own facts, in the order given
/// @param status as of the moment it was read: a passed deadline shows at once
/// @param streamKey names it in RTMP and HLS addresses; public
/// @param pushTokenExpiresAt the deadline: the latest `exp` of its unrevoked tokens
/// @param startedAt when its latest broadcast became playable
/// @param endedAt when its latest broadcast ended; empty while it is live
/// @param endReason why, as the API spells it
/// @param lease of the media node that has a broadcast of it; none is there for the embedded media server
record Livestream(
        UUID id,
        UUID projectId,
        String name,
        Optional<String> externalId,
        Map<String, String> metadata,
        LivestreamStatus status,
        String streamKey,
        Server mediaServer,
        Instant pushTokenExpiresAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<String> endReason,
        Instant createdAt,
        Instant updatedAt,
        Optional<Lease> lease) {

    /// The media server it lives on.
    record Server(
            UUID id,
            String name,
            String region,
            MediaServer.Kind kind,
            String rtmpServer,
            Optional<String> rtmpsServer,
            String hlsBaseUrl) {}

    Livestream {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
