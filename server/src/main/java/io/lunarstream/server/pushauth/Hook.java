package io.lunarstream.server.pushauth;

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

    /// As nginx-rtmp spells it.
    String call() {
        return call;
    }
}
