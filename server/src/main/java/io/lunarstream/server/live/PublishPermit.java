package io.lunarstream.server.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The terms on which a publisher is let in.
///
/// @param livestreamId the livestream that the stream key names
/// @param streamKey the stream key, verified
/// @param tokenId `jti` of the push token the publisher came in on
/// @param deadline when the publisher is cut unless a newer token moves it
/// @param keyframeInterval the keyframe interval remembered from an earlier broadcast of this livestream
public record PublishPermit(
        UUID livestreamId, String streamKey, UUID tokenId, Instant deadline, Optional<Duration> keyframeInterval) {}
