package io.lunarstream.server.origin;

import io.lunarstream.hls.SegmentForm;
import io.lunarstream.server.http.ApiError;
import io.lunarstream.server.http.ClientAddresses;
import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.http.RawErrors;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.live.StreamAbsence;
import io.lunarstream.server.live.Window;
import io.lunarstream.server.live.Windows;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Answers `/hls/…` and `/live/…`: looks the address up among what exists now and sends it, or waits for what is
/// about to exist. Nothing here blocks a thread.
public final class HlsOrigin implements Handler<HttpServerRequest> {

    /// Long enough to spare the origin, short enough to hardly delay a start.
    private static final String NOT_FOUND_CACHE = "public, max-age=1";

    private static final String ALLOWED_METHODS = "GET, HEAD, OPTIONS";

    /// How long a browser may remember a preflight's answer: a day.
    private static final String PREFLIGHT_SECONDS = "86400";

    private static final int NO_CONTENT = 204;

    private final LiveStreams streams;
    private final Function<String, CompletionStage<StreamAbsence>> absence;
    private final ViewerSessions sessions;
    private final OriginTraffic traffic;
    private final WaitingRoom waitingRoom;
    private final MediaPlaylistHandler playlists;

    /// @param streams what can be played
    /// @param absence says why nothing can be played at a stream key, without blocking its caller
    /// @param clients says where a request comes from
    /// @param traffic counts what is answered
    public HlsOrigin(
            LiveStreams streams,
            Function<String, CompletionStage<StreamAbsence>> absence,
            ClientAddresses clients,
            OriginTraffic traffic) {
        this.streams = streams;
        this.traffic = traffic;
        this.sessions = new ViewerSessions(clients);
        this.absence = absence;
        this.waitingRoom = new WaitingRoom(streams);
        this.playlists = new MediaPlaylistHandler(waitingRoom);
    }

    /// This handler, by the beginnings of the paths that it answers.
    public Map<String, Handler<HttpServerRequest>> byPrefix() {
        return Map.of(HlsPath.FMP4_PREFIX, this, HlsPath.MPEG_TS_PREFIX, this);
    }

    @Override
    public void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader("Access-Control-Allow-Origin", "*");
        response.putHeader("Access-Control-Expose-Headers", "Age, Date, ETag, Content-Range, X-Request-Id");
        if (request.method().equals(HttpMethod.OPTIONS)) {
            preflight(response);
        } else if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            ProbeObject.of(request).ifPresentOrElse(probe -> probe.send(request), () -> find(request));
        } else {
            response.putHeader("Allow", ALLOWED_METHODS);
            RawErrors.sendCannot(request, ErrorCode.METHOD_NOT_ALLOWED);
        }
    }

    private void find(HttpServerRequest request) {
        Optional<HlsPath> known = HlsPath.of(String.valueOf(request.path()));
        traffic.watch(known, request.response());
        known.ifPresentOrElse(path -> answer(request, path), () -> noSuchPath(request));
    }

    private void answer(HttpServerRequest request, HlsPath path) {
        Optional<Windows> windows = streams.windows(path.streamKey());
        switch (path) {
            case HlsPath.Multivariant(SegmentForm form, String streamKey) ->
                windows.flatMap(Windows::newest)
                        .ifPresentOrElse(
                                window -> multivariant(request, window, form), () -> nothingToPlay(request, streamKey));
            case HlsPath.Media media ->
                windows.flatMap(known -> known.generation(media.generation()))
                        .ifPresentOrElse(
                                window -> playlist(request, media, window),
                                () -> noSuchGeneration(request, media.streamKey(), windows));
            case HlsPath.Stored stored ->
                windows.flatMap(known -> known.generation(stored.generation()))
                        .ifPresentOrElse(window -> stored(request, stored, window), () -> noSuchPath(request));
        }
    }

    private static void multivariant(HttpServerRequest request, Window window, SegmentForm form) {
        if (window.has(form)) {
            PlaylistResponse.multivariant(request, window, form).send();
        } else {
            notFound(request, ErrorCode.CODEC_NOT_IN_TS);
        }
    }

    private void playlist(HttpServerRequest request, HlsPath.Media path, Window window) {
        if (!window.has(path.form())) {
            notFound(request, ErrorCode.CODEC_NOT_IN_TS);
        } else if (window.media(path.form(), path.name()).isPresent()) {
            streams.watched(path.streamKey(), sessions.of(request));
            playlists.answer(request, path, window);
        } else {
            noSuchPath(request);
        }
    }

    /// A part that is hinted at is sent once it is there.
    private void stored(HttpServerRequest request, HlsPath.Stored path, Window window) {
        if (window.hintsAt(path.name()) && !window.objects().containsKey(path.name())) {
            waitingRoom.await(
                    request,
                    path,
                    later -> !later.hintsAt(path.name()),
                    later -> sendMedia(request, path.name(), later));
        } else {
            sendMedia(request, path.name(), window);
        }
    }

    private void sendMedia(HttpServerRequest request, String name, Window window) {
        Optional.ofNullable(window.objects().get(name))
                .ifPresentOrElse(
                        media -> new MediaResponse(request, media, streams.diskIsSlow()).send(),
                        () -> noSuchPath(request));
    }

    /// While something else can be played, the reason is not that nothing can.
    private void noSuchGeneration(HttpServerRequest request, String streamKey, Optional<Windows> windows) {
        if (windows.flatMap(Windows::newest).isPresent()) {
            noSuchPath(request);
        } else {
            nothingToPlay(request, streamKey);
        }
    }

    /// 404 with the reason, which the control plane knows.
    private void nothingToPlay(HttpServerRequest request, String streamKey) {
        Context context = ((HttpServerRequestInternal) request).context();
        absence.apply(streamKey)
                .whenComplete((reason, failure) -> context.runOnContext(_ -> {
                    if (failure != null) {
                        request.response().putHeader("Cache-Control", "no-store");
                        RawErrors.send(request, ApiError.unavailable(WaitingRoom.RETRY_AFTER));
                    } else {
                        notFound(request, code(reason));
                    }
                }));
    }

    private static ErrorCode code(StreamAbsence reason) {
        return switch (reason) {
            case NOT_STARTED -> ErrorCode.STREAM_NOT_STARTED;
            case ENDED -> ErrorCode.STREAM_ENDED;
            case NOT_FOUND -> ErrorCode.STREAM_NOT_FOUND;
        };
    }

    private static void noSuchPath(HttpServerRequest request) {
        request.response().putHeader("Cache-Control", NOT_FOUND_CACHE);
        RawErrors.sendCannot(request, ErrorCode.NOT_FOUND);
    }

    private static void notFound(HttpServerRequest request, ErrorCode reason) {
        request.response().putHeader("Cache-Control", NOT_FOUND_CACHE);
        RawErrors.send(request, ApiError.of(reason));
    }

    private static void preflight(HttpServerResponse response) {
        response.putHeader("Access-Control-Allow-Methods", ALLOWED_METHODS);
        response.putHeader("Access-Control-Allow-Headers", "*");
        response.putHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS);
        response.setStatusCode(NO_CONTENT).end();
    }
}
