package io.lunarstream.server.player;

import java.nio.ByteBuffer;
import java.util.Map;

/// One answer of the player, whole: status, headers (names in lower case) and body.
///
/// @param status HTTP status
/// @param headers without `content-length`, which is the body's
/// @param body a read-only view of its own position; empty for 304
public record PlayerResponse(int status, Map<String, String> headers, ByteBuffer body) {
    public PlayerResponse {
        headers = Map.copyOf(headers);
        body = body.asReadOnlyBuffer();
    }
}
