package io.lunarstream.server.pushauth;

import io.lunarstream.server.http.Query;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Values;
import io.lunarstream.server.livestream.ForeignBroadcasts.Connection;
import java.util.UUID;

/// The fields of a hook, of which a media server sends more than are read here.
record Payload(Request request) {

    /// Media servers name connections by a number of at most 20 digits, or by 8 letters and digits.
    private static final int MAX_CLIENT_ID_CHARS = 64;

    UUID mediaServerId() {
        return request.mediaServerId();
    }

    boolean has(String field) {
        return request.json().has(field);
    }

    /// A field's text; empty if it is not there or is no text, which is as good as none.
    String text(String field) {
        return request.json().path(field).asText("");
    }

    /// The push token in a field that holds the query of a publish address, with or without its `?`.
    String pushTokenIn(String field) {
        String query = text(field);
        return Query.parse(query.startsWith("?") ? query.substring(1) : query)
                .first("pushToken")
                .orElse("");
    }

    /// The connection that a hook tells of. Ends the request if its name is unusable.
    ///
    /// @param streamField where the stream key is
    /// @param clientIdField where the media server's own name of the connection is
    Connection connection(String streamField, String pushToken, String clientIdField) {
        String clientId = text(clientIdField);
        Values values = new Values();
        values.text(clientIdField, clientId, MAX_CLIENT_ID_CHARS);
        values.check();
        return new Connection(mediaServerId(), text(streamField), pushToken, clientId);
    }
}
