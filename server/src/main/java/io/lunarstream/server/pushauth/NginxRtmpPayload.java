package io.lunarstream.server.pushauth;

import io.lunarstream.server.http.Shape;
import io.lunarstream.server.livestream.ForeignBroadcasts.Connection;
import java.util.List;
import java.util.Optional;

/// What nginx-rtmp posts: a form that says by `call` what happens to the connection `clientid`.
///
/// Source: nginx-rtmp-module 1.2.2, `ngx_rtmp_notify_module.c`.
final class NginxRtmpPayload {

    /// The values of `call`.
    private enum Call {
        /// Directive `on_publish`.
        PUBLISH("publish"),
        /// Directive `on_update`, every `notify_update_timeout`.
        UPDATE("update_publish"),
        /// Directive `on_publish_done`.
        DONE("publish_done");

        private final String word;

        Call(String word) {
            this.word = word;
        }

        /// As nginx-rtmp spells it.
        String word() {
            return word;
        }
    }

    private NginxRtmpPayload() {}

    /// Empty for a form without `call`. Another `call` ends the request: the configuration is wrong.
    static Optional<Hook> read(Payload payload) {
        if (!payload.has("call")) {
            return Optional.empty();
        }
        Shape shape = new Shape(payload.request());
        Call call = shape.body().requiredWord("call", List.of(Call.values()), Call::word);
        shape.body().requiredText("clientid");
        shape.checkKnownFields();
        Connection connection = payload.connection("name", payload.text("pushToken"), "clientid");
        return Optional.of(
                switch (call) {
                    case PUBLISH -> new Hook.Publish(connection);
                    case UPDATE -> new Hook.Update(connection);
                    case DONE -> new Hook.Done(connection);
                });
    }
}
