package io.lunarstream.server.pushauth;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// What nginx-rtmp tells by its field `call`. Source: nginx-rtmp-module 1.2.2, `ngx_rtmp_notify_module.c`.
enum Hook {
    /// Directive `on_publish`.
    PUBLISH("publish"),
    /// Directive `on_update`, every `notify_update_timeout`.
    UPDATE("update_publish"),
    /// Directive `on_publish_done`.
    DONE("publish_done");

    private final String call;

    Hook(String call) {
        this.call = call;
    }

    static Optional<Hook> of(String call) {
        return Arrays.stream(values()).filter(hook -> hook.call.equals(call)).findFirst();
    }

    /// All of them, for an error's message.
    static String calls() {
        return Arrays.stream(values()).map(hook -> hook.call).collect(Collectors.joining(", "));
    }
}
