package io.lunarstream.server.pushauth;

import io.lunarstream.server.Answer;

/// An SRS that posts what the real one posts, field by field: written down from 6.0.157.
///
/// @param clientId SRS' own name of the connection
/// @param token what the encoder has shown
record SrsHooks(ForeignLivestream livestream, String clientId, String token) {

    Answer publish() {
        return hook("on_publish", "");
    }

    /// A segment was filled.
    Answer hls() {
        return hook("on_hls", """
                ,"duration":2.00,"cwd":"/srs","file":"/hls/1.ts","url":"hls/1.ts","m3u8":"/hls/master.m3u8",
                "m3u8_url":"hls/master.m3u8","seq_no":1""");
    }

    Answer unpublish() {
        return hook("on_unpublish", "");
    }

    Answer hook(String action, String more) {
        return livestream.post("/push-auth", """
                {"server_id":"vid-20332k0","service_id":"10a43800","action":"%s","client_id":"%s","ip":"127.0.0.1",
                "vhost":"__defaultVhost__","app":"live","tcUrl":"rtmp://127.0.0.1:1935/live","stream":"%s",
                "param":"?pushToken=%s","stream_url":"/live/x","stream_id":"vid-865typ1"%s}""".formatted(action, clientId, livestream.streamKey(), token, more));
    }
}
