package io.lunarstream.server.pushauth;

import io.lunarstream.server.Answer;

/// A ZLMediaKit that posts what the real one posts, field by field: written down from its state of August 2026.
///
/// @param clientId ZLMediaKit's own name of the connection
/// @param token what the encoder has shown
record ZlmediakitHooks(ForeignLivestream livestream, String clientId, String token) {

    Answer publish() {
        return ofConnection(",\"originType\":1,\"originTypeStr\":\"rtmp_push\"");
    }

    /// A connection is gone: hook `on_flow_report`.
    ///
    /// @param isPlayer true for viewers, and for publishers that ZLMediaKit has turned away
    Answer flowReport(boolean isPlayer) {
        return ofConnection(",\"duration\":9,\"player\":" + isPlayer + ",\"totalBytes\":211808");
    }

    /// What `on_play` and `on_stream_not_found` post.
    Answer viewer() {
        return ofConnection("");
    }

    /// A segment was filled. Which connection it came from is not told.
    Answer recordTs() {
        return ofStream("""
                "file_name":"05-26_1.ts","file_path":"/hls/05-26_1.ts","file_size":60536,"folder":"/hls",
                "start_time":1795413926,"time_len":2.0,"url":"live/05-26_1.ts\"""");
    }

    Answer ofConnection(String more) {
        return ofStream("""
                "id":"%s","ip":"127.0.0.1","port":47198,"protocol":"rtmp","schema":"rtmp"%s""".formatted(clientId, more));
    }

    private Answer ofStream(String fields) {
        return livestream.post("/push-auth", """
                {"app":"live","hook_index":6,"mediaServerId":"lunar","params":"pushToken=%s","stream":"%s",
                "vhost":"__defaultVhost__",%s}""".formatted(token, livestream.streamKey(), fields));
    }
}
