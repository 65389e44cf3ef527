package io.lunarstream.server.live;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// Learns what becomes of broadcasts. The one way in which the media plane speaks to the control plane.
///
/// Called on event loops: an implementation hands the work over and returns at once. Calls for one livestream come in
/// the order in which things happened, and an implementation keeps that order.
public interface BroadcastListener {

    /// The first segment of a broadcast can be played.
    ///
    /// @param tokenId `jti` of the push token that its publisher came in on
    void playable(UUID livestreamId, UUID tokenId, Instant at);

    /// A keyframe interval has been measured that is worth remembering for the next broadcast.
    void keyframeInterval(UUID livestreamId, Duration interval);

    /// A broadcast that was playable has ended.
    void ended(UUID livestreamId, EndReason reason, Instant at);
}
