package io.lunarstream.server.live;

/// The answer of a [PublishAuthorizer].
public sealed interface PublishDecision {

    /// The publisher may send.
    ///
    /// @param permit on what terms
    record Permitted(PublishPermit permit) implements PublishDecision {}

    /// The publisher is turned away.
    ///
    /// @param reason why, in a word that the encoder is told
    record Refused(PublishRefusal reason) implements PublishDecision {}
}
