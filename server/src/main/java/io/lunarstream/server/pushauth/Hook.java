package io.lunarstream.server.pushauth;

import io.lunarstream.server.livestream.ForeignBroadcasts.Connection;
import java.util.UUID;

/// What a media server outside this process tells by one of its hooks, whichever program it runs.
sealed interface Hook {

    /// A connection wants to publish, and waits for the verdict.
    record Publish(Connection connection) implements Hook {}

    /// A connection publishes and asks whether it may go on.
    record Update(Connection connection) implements Hook {}

    /// A connection has filled a segment. The media server does not heed the answer.
    record Segment(Connection connection) implements Hook {}

    /// As [Segment], where the media server does not tell which connection it was.
    ///
    /// @param streamKey unverified
    record StreamSegment(UUID mediaServerId, String streamKey) implements Hook {}

    /// A connection is gone.
    record Done(Connection connection) implements Hook {}
}
