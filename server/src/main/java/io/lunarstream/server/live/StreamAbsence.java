package io.lunarstream.server.live;

import java.util.Locale;

/// Why there is nothing to play at a stream key's address. Source: the Partner API, public endpoints.
public enum StreamAbsence {
    /// The livestream waits for its broadcaster.
    NOT_STARTED,
    /// The broadcast is over and its playlist is gone.
    ENDED,
    /// No livestream has this stream key.
    NOT_FOUND;

    /// As media nodes are told it: `not_started`.
    public String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
