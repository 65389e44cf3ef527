package io.lunarstream.rtmp.session;

/// What the server told a publish client.
public sealed interface ClientEvent {

    /// Nothing that concerns the caller; all bytes were taken: feed more.
    record NeedMoreBytes() implements ClientEvent {}

    /// Media may be sent now.
    record PublishAccepted() implements ClientEvent {}

    /// The server refused to let us in, or threw us out.
    ///
    /// @param code such as `NetStream.Publish.Denied`
    /// @param description the server's words
    record PublishRefused(String code, String description) implements ClientEvent {}
}
