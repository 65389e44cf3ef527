package io.lunarstream.server.live;

import java.time.Duration;

/// How live streams behave.
///
/// @param reconnectWindow how long a broadcast waits for its encoder to come back
/// @param takeover what a second publisher on a stream key gets
/// @param maxStreams how many broadcasts this media server takes at a time
public record LiveSettings(Duration reconnectWindow, Takeover takeover, int maxStreams) {

    boolean replaces() {
        return takeover == Takeover.REPLACE;
    }

    /// What happens when a second publisher with a valid token comes to a stream key.
    public enum Takeover {
        /// It replaces the first, which is most often a dead connection.
        REPLACE,
        /// It is refused as long as the first is connected.
        REFUSE
    }
}
