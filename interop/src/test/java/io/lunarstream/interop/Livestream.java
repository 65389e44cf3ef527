package io.lunarstream.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/// A livestream as the Partner API answered it.
record Livestream(JsonNode json) {
    String id() {
        return text("id");
    }

    String status() {
        return text("status");
    }

    String streamKey() {
        return text("streamKey");
    }

    /// Empty until a broadcast has ended.
    String endReason() {
        return json.path("endReason").asText("");
    }

    /// When its publisher is cut.
    Instant deadline() {
        return Instant.parse(text("pushTokenExpiresAt"));
    }

    /// When its latest broadcast ended.
    Instant endedAt() {
        return Instant.parse(text("endedAt"));
    }

    String previewPlayback() {
        return text("previewPlayback");
    }

    String pushToken() {
        return text("pushToken");
    }

    /// Where an encoder sends to, token included.
    String pushAddress() {
        return pushAddressWith(pushToken());
    }

    String pushAddressWith(String token) {
        return text("rtmpServer") + "/" + streamKey() + "?pushToken=" + token;
    }

    /// Where an encoder sends to over TLS, token included.
    String encryptedPushAddress() {
        return text("rtmpsServer") + "/" + streamKey() + "?pushToken=" + pushToken();
    }

    /// Where an encoder without a token would send to.
    String pushAddressWithoutToken() {
        return text("rtmpServer") + "/" + streamKey();
    }

    private String text(String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw new AssertionError("the livestream has no " + field + ": " + json);
        }
        return value.textValue();
    }
}
