package io.lunarstream.server.live;

/// Why a publisher is turned away: the words its encoder shows.
///
/// Source: the Partner API, push tokens (the first three).
public enum PublishRefusal {
    /// No token, malformed, bad signature, wrong algorithm, key or type, revoked, or the livestream is deleted.
    INVALID_PUSH_TOKEN("Invalid push token"),
    /// Well-signed, but past its `exp`.
    EXPIRED_PUSH_TOKEN("Push token has expired"),
    /// Well-signed and alive, but for another stream key or media server.
    TOKEN_MISMATCH("Push token does not match stream"),
    /// Another publisher has the stream key and may not be replaced now.
    STREAM_IN_USE("Another encoder is publishing to this stream; stop it, or wait 30 s and try again"),
    /// The media server has as many publishers as it takes.
    SERVER_FULL("This media server is full; try again later or use another one"),
    /// The server is shutting down.
    SERVER_DRAINING("This media server is restarting; reconnect in a few seconds"),
    /// The decision could not be made.
    UNAVAILABLE("Push tokens cannot be checked right now; try again in a few seconds");

    private final String message;

    PublishRefusal(String message) {
        this.message = message;
    }

    /// One sentence for people, without the code and without a full stop.
    public String message() {
        return message;
    }

    /// What the encoder is told: the code and the sentence, as in `EXPIRED_PUSH_TOKEN: Push token has expired`.
    public String description() {
        return name() + ": " + message;
    }
}
