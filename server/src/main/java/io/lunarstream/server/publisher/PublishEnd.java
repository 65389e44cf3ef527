package io.lunarstream.server.publisher;

/// Why a publisher has ended.
public sealed interface PublishEnd {

    /// All was sent, or it was told to stop; the server was told goodbye.
    record Finished() implements PublishEnd {}

    /// The server did not let it in, or threw it out.
    ///
    /// @param code such as `NetStream.Publish.Denied`
    /// @param description the server's words
    record Refused(String code, String description) implements PublishEnd {}

    /// There was no connection.
    record NotConnected(String reason) implements PublishEnd {}

    /// The connection broke, or the server fell silent.
    record ConnectionLost(String reason) implements PublishEnd {}

    /// The recording cannot be read.
    record SourceFailed(String reason) implements PublishEnd {}

    /// One line for people, without secrets.
    default String text() {
        return switch (this) {
            case Finished _ -> "all was sent";
            case Refused(String code, String description) ->
                "the server refused: " + code + (description.isEmpty() ? "" : " (" + description + ")");
            case NotConnected(String reason) -> "cannot connect: " + reason;
            case ConnectionLost(String reason) -> "the connection was lost: " + reason;
            case SourceFailed(String reason) -> "the recording cannot be read: " + reason;
        };
    }
}
