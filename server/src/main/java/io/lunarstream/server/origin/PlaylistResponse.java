package io.lunarstream.server.origin;

import io.lunarstream.hls.MediaPlaylist;
import io.lunarstream.hls.SegmentForm;
import io.lunarstream.server.live.PlaylistBody;
import io.lunarstream.server.live.Window;
import io.netty.buffer.ByteBuf;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Objects;

/// Answers a request with a playlist: rendered and compressed once for all viewers.
///
/// @param body the playlist in both encodings
/// @param maxAge how long a cache may keep it, as directives of `Cache-Control`
record PlaylistResponse(HttpServerRequest request, PlaylistBody body, String maxAge) {

    /// Multivariant and ended playlists change seldom, and a change must be seen soon.
    private static final String SETTLED = "max-age=1";

    /// How long an answer that was waited for may be kept by a cache that many viewers share. A browser keeps it for a
    /// second: its player may ask for the same again, to see what is new (decision 016). Source:
    /// draft-pantos-hls-rfc8216bis, section 6.2.5.2.
    private static final int TARGET_DURATIONS_WAITED_FOR = 6;

    private static final int NOT_MODIFIED = 304;

    static PlaylistResponse multivariant(HttpServerRequest request, Window window, SegmentForm form) {
        return new PlaylistResponse(
                request, Objects.requireNonNull(window.multivariant().get(form)), SETTLED);
    }

    /// A media playlist that the window has. A live one may be kept for half a target duration: a segment is added
    /// after a whole one at the latest. One that was waited for says enough to all who wait for the same.
    static PlaylistResponse media(
            HttpServerRequest request, Window window, HlsPath.Media path, DeliveryDirectives directives) {
        PlaylistBody whole = window.media(path.form(), path.name()).orElseThrow();
        return new PlaylistResponse(
                request,
                directives.skip() ? window.deltaUpdates().getOrDefault(path.name(), whole) : whole,
                maxAge(window.playlist(), directives.blocking()));
    }

    private static String maxAge(MediaPlaylist playlist, boolean waitedFor) {
        int target = playlist.targetDurationSeconds();
        if (playlist.ended()) {
            return SETTLED;
        }
        return waitedFor
                ? SETTLED + ", s-maxage=" + TARGET_DURATIONS_WAITED_FOR * target
                : "max-age=" + Math.max(1, target / 2);
    }

    void send() {
        boolean gzip = Preconditions.acceptsGzip(request);
        PlaylistBody.Encoded encoded = gzip ? body.gzip() : body.plain();
        HttpServerResponse response = request.response();
        response.putHeader("ETag", encoded.etag());
        response.putHeader("Cache-Control", "public, " + maxAge);
        response.putHeader("Vary", "Accept-Encoding");
        if (Preconditions.has(request, encoded.etag())) {
            response.setStatusCode(NOT_MODIFIED).end();
            return;
        }
        ByteBuf bytes = encoded.bytes();
        response.putHeader("Content-Type", "application/vnd.apple.mpegurl");
        response.putHeader("Content-Length", Integer.toString(bytes.readableBytes()));
        if (gzip) {
            response.putHeader("Content-Encoding", "gzip");
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(BufferInternal.buffer(bytes.duplicate()));
        }
    }
}
