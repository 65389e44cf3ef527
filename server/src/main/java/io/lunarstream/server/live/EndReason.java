package io.lunarstream.server.live;

import java.util.Locale;

/// Why a broadcast ended. Source: the Partner API, status (`endReason`).
public enum EndReason {
    /// The encoder said goodbye.
    CLIENT_STOPPED,
    /// The encoder stayed away longer than the reconnect window.
    RECONNECT_TIMEOUT,
    /// The API was asked to end the broadcast, or the livestream was deleted.
    API_ENDED,
    /// The push token's deadline passed.
    TOKEN_EXPIRED,
    /// The push token was revoked.
    TOKEN_REVOKED,
    /// The media could not be made into something playable.
    MEDIA_ERROR,
    /// The media server went away and the encoder did not come back in time.
    MEDIA_SERVER_LOST;

    /// As the API spells it: `client_stopped`.
    public String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// By its word in the API.
    public static EndReason ofApiName(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
