package io.lunarstream.server.live;

/// Why a publisher that was let in is cut: the words its encoder shows.
public enum PublisherCut {
    /// Another connection came with a valid token for the same stream key.
    REPLACED("Another encoder has taken over this stream"),
    /// The API ended the broadcast or deleted the livestream.
    BROADCAST_ENDED("The broadcast was ended through the API"),
    /// The deadline has passed.
    EXPIRED_PUSH_TOKEN("Push token has expired"),
    /// The token was revoked.
    INVALID_PUSH_TOKEN("Push token was revoked"),
    /// The media could not be made into something playable.
    MEDIA_ERROR("The media could not be processed; check the encoder's settings"),
    /// The server shuts down.
    SERVER_DRAINING("This media server is restarting; reconnect in a few seconds");

    private final String message;

    PublisherCut(String message) {
        this.message = message;
    }

    /// What the encoder is told: the code and a sentence.
    public String description() {
        return name() + ": " + message;
    }

    /// The cut that goes with the end of a broadcast.
    static PublisherCut of(EndReason reason) {
        return switch (reason) {
            case TOKEN_EXPIRED -> EXPIRED_PUSH_TOKEN;
            case TOKEN_REVOKED -> INVALID_PUSH_TOKEN;
            case MEDIA_ERROR -> MEDIA_ERROR;
            case CLIENT_STOPPED, RECONNECT_TIMEOUT, API_ENDED, MEDIA_SERVER_LOST -> BROADCAST_ENDED;
        };
    }
}
