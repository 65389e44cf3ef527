package io.lunarstream.server.origin;

import io.lunarstream.hls.MediaPlaylist;
import io.lunarstream.hls.SegmentForm;
import io.lunarstream.server.http.ApiError;
import io.lunarstream.server.http.ApiException;
import io.lunarstream.server.http.RawErrors;
import io.lunarstream.server.live.Window;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.OptionalInt;

/// Answers requests for media playlists: at once, or when what they wait for is listed (blocking playlist reload).
///
/// Only playlists in the fMP4 form offer it. Source: draft-pantos-hls-rfc8216bis, section 6.2.5.2.
record MediaPlaylistHandler(WaitingRoom waitingRoom) {
    private static final DeliveryDirectives NONE = DeliveryDirectives.of("");

    void answer(HttpServerRequest request, HlsPath.Media path, Window window) {
        boolean directed = path.form() == SegmentForm.FMP4 && !window.playlist().ended();
        if (!directed) {
            PlaylistResponse.media(request, window, path, NONE).send();
            return;
        }
        try {
            follow(request, path, window, DeliveryDirectives.of(Objects.requireNonNullElse(request.query(), "")));
        } catch (ApiException e) {
            request.response().putHeader("Cache-Control", "no-store");
            RawErrors.send(request, e.error());
        }
    }

    private void follow(HttpServerRequest request, HlsPath.Media path, Window window, DeliveryDirectives directives) {
        switch (reach(window.playlist(), directives)) {
            case LISTED ->
                PlaylistResponse.media(request, window, path, directives).send();
            case AWAITED ->
                waitingRoom.await(
                        request,
                        path,
                        later -> reach(later.playlist(), directives) == MediaPlaylist.Reach.LISTED,
                        later -> PlaylistResponse.media(request, later, path, afterEnd(later, directives))
                                .send());
            case TOO_FAR ->
                throw new ApiException(ApiError.parameterIsTooFarAhead(
                        directives.partIndex().isPresent() ? DeliveryDirectives.PART : DeliveryDirectives.MSN));
        }
    }

    /// An ended playlist has all that will ever be listed.
    private static MediaPlaylist.Reach reach(MediaPlaylist playlist, DeliveryDirectives directives) {
        if (playlist.ended() || directives.mediaSequence().isEmpty()) {
            return MediaPlaylist.Reach.LISTED;
        }
        OptionalInt partIndex = directives.partIndex();
        return playlist.reach(directives.mediaSequence().getAsLong(), partIndex);
    }

    private static DeliveryDirectives afterEnd(Window window, DeliveryDirectives directives) {
        return window.playlist().ended() ? NONE : directives;
    }
}
