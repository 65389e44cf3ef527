package io.lunarstream.server.pushauth;

import io.lunarstream.server.livestream.ForeignBroadcasts.Connection;
import java.util.Optional;

/// What SRS posts: JSON that says by `action` what happens to the connection `client_id`.
///
/// `on_hls` comes with every segment. SRS heeds only the answer to `on_publish`. A publisher whom it turns away itself,
/// because the stream is busy, gets an `on_publish` and no `on_unpublish`.
///
/// Source: SRS 5.0.216 and 6.0.157, `trunk/src/app/srs_app_http_hooks.cpp`; the order of the hooks from
/// `srs_app_rtmp_conn.cpp`, `SrsRtmpConn::publishing`.
final class SrsPayload {
    private SrsPayload() {}

    /// Empty for JSON that does not say both: somebody else's.
    static Optional<Hook> read(Payload payload) {
        if (!payload.has("client_id")) {
            return Optional.empty();
        }
        return switch (payload.text("action")) {
            case "on_publish" -> Optional.of(new Hook.Publish(connection(payload)));
            case "on_hls" -> Optional.of(new Hook.Segment(connection(payload)));
            case "on_unpublish" -> Optional.of(new Hook.Done(connection(payload)));
            default -> Optional.empty();
        };
    }

    private static Connection connection(Payload payload) {
        return payload.connection("stream", payload.pushTokenIn("param"), "client_id");
    }
}
