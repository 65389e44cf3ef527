package io.lunarstream.server.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lunarstream.server.cluster.Change.AnythingChanged;
import io.lunarstream.server.cluster.Change.LivestreamChanged;
import io.lunarstream.server.cluster.Change.SigningKeysChanged;
import java.util.Map;
import java.util.Optional;

/// A [Change] as text: a small JSON object.
///
/// | text | says |
/// |---|---|
/// | `{"version":1,"type":"livestream","streamKey":"…"}` | this livestream has changed |
/// | `{"version":1,"type":"signing-keys"}` | the keys that sign push tokens have changed |
/// | `{"version":1,"type":"anything"}` | look at everything again |
///
/// Other versions and types are for other releases, and other texts for others altogether: they are ignored. Members
/// that are not known are, too.
final class ChangeFormat {
    private static final int VERSION = 1;

    /// Several times as long as any of ours: more is not worth reading.
    private static final int MAX_CHARS = 1024;

    private static final JsonMapper MAPPER = new JsonMapper();

    private ChangeFormat() {}

    static String write(Change change) {
        return switch (change) {
            case LivestreamChanged(String streamKey) ->
                json(Map.of("version", VERSION, "type", "livestream", "streamKey", streamKey));
            case SigningKeysChanged() -> json(Map.of("version", VERSION, "type", "signing-keys"));
            case AnythingChanged() -> json(Map.of("version", VERSION, "type", "anything"));
        };
    }

    /// Proof that messages arrive, for the node that sent it. It tells others nothing.
    static String heartbeat(String sender, long number) {
        return json(Map.of("version", VERSION, "type", "heartbeat", "sender", sender, "number", number));
    }

    private static String json(Map<String, ?> members) {
        try {
            return MAPPER.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can be written", e);
        }
    }

    static Optional<Change> read(String text) {
        if (text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        try {
            return change(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<Change> change(JsonNode json) {
        if (json.path("version").asInt() != VERSION) {
            return Optional.empty();
        }
        return switch (json.path("type").asText()) {
            case "livestream" ->
                Optional.of(json.path("streamKey"))
                        .filter(JsonNode::isTextual)
                        .map(streamKey -> new LivestreamChanged(streamKey.asText()));
            case "signing-keys" -> Optional.of(new SigningKeysChanged());
            case "anything" -> Optional.of(new AnythingChanged());
            default -> Optional.empty();
        };
    }
}
