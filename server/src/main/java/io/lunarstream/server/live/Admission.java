package io.lunarstream.server.live;

/// What became of a publisher with a permit.
public sealed interface Admission {

    /// It may send.
    ///
    /// @param publisher where its media go
    record Admitted(Publisher publisher) implements Admission {}

    /// It is turned away, though its token is good.
    ///
    /// @param reason why
    record Refused(PublishRefusal reason) implements Admission {}
}
