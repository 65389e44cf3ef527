package io.lunarstream.server.pushauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;

/// An nginx-rtmp that posts what the real one posts, field by field.
///
/// @param name of the media server
record NginxHooks(TestServer server, String name) {

    Answer publish(JsonNode livestream, String token, int clientId) {
        return hook("publish", livestream, clientId, "&type=live&pushToken=" + token);
    }

    Answer update(JsonNode livestream, String token, int clientId) {
        return hook("update_publish&time=5&timestamp=5005", livestream, clientId, "&pushToken=" + token);
    }

    Answer done(JsonNode livestream, String token, int clientId) {
        return hook("publish_done", livestream, clientId, "&pushToken=" + token);
    }

    private Answer hook(String call, JsonNode livestream, int clientId, String rest) {
        String streamKey = livestream.required("streamKey").asText();
        return post("clientid=" + clientId + "&call=" + call + "&name=" + streamKey + rest);
    }

    /// @param fields what comes after those that are the same for all connections
    Answer post(String fields) {
        String form = "app=live&flashver=&swfurl=&tcurl=rtmp://media-1:1935/live&pageurl=&addr=127.0.0.1&" + fields;
        return server.send(server.request("/push-auth?secret=secret-of-" + name)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }
}
