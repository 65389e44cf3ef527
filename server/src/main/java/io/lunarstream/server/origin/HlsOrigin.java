package io.lunarstream.server.origin;

import io.lunarstream.hls.SegmentForm;
import io.lunarstream.server.http.ApiError;
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
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Answers `/hls/…` and `/live/…`: looks the address up among what exists now and sends it. Nothing here blocks.
public final class HlsOrigin implements Handler<HttpServerRequest> {

    /// Where this handler is to be mounted.
    public static final String FMP4_PREFIX = HlsPath.FMP4_PREFIX;

    /// Where this handler is to be mounted, too.
    public static final String MPEG_TS_PREFIX = HlsPath.MPEG_TS_PREFIX;

    /// Long enough to spare the origin, short enough to hardly delay a start.
    private static final String NOT_FOUND_CACHE = "public, max-age=1";

    private static final String ALLOWED_METHODS = "GET, HEAD, OPTIONS";

    /// How long a browser may remember a preflight's answer: a day.
    private static final String PREFLIGHT_SECONDS = "86400";

    private static final int NO_CONTENT = 204;

    /// When to ask again while it cannot be said why nothing is there.
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final LiveStreams streams;
    private final Function<String, CompletionStage<StreamAbsence>> absence;

    /// @param streams what can be played
    /// @param absence says why nothing can be played at a stream key, without blocking its caller
    public HlsOrigin(LiveStreams streams, Function<String, CompletionStage<StreamAbsence>> absence) {
        this.streams = streams;
        this.absence = absence;
    }

    @Override
    public void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader("Access-Control-Allow-Origin", "*");
        response.putHeader("Access-Control-Expose-Headers", "Age, Date, ETag, Content-Range, X-Request-Id");
        if (request.method().equals(HttpMethod.OPTIONS)) {
            preflight(response);
        } else if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            HlsPath.of(String.valueOf(request.path()))
                    .ifPresentOrElse(path -> answer(request, path), () -> noSuchPath(request));
        } else {
            response.putHeader("Allow", ALLOWED_METHODS);
            RawErrors.sendCannot(request, ErrorCode.METHOD_NOT_ALLOWED);
        }
    }

    private void answer(HttpServerRequest request, HlsPath path) {
        Optional<Windows> windows = streams.windows(path.streamKey());
        switch (path) {
            case HlsPath.Multivariant(SegmentForm form, String streamKey) ->
                windows.flatMap(Windows::newest)
                        .ifPresentOrElse(
                                window -> multivariant(request, window, form), () -> nothingToPlay(request, streamKey));
            case HlsPath.Media(SegmentForm form, String streamKey, String generation) ->
                windows.flatMap(known -> known.generation(generation))
                        .ifPresentOrElse(
                                window -> media(request, window, form),
                                () -> noSuchGeneration(request, streamKey, windows));
            case HlsPath.Stored stored ->
                windows.flatMap(known -> known.generation(stored.generation()))
                        .flatMap(window -> Optional.ofNullable(window.objects().get(stored.name())))
                        .ifPresentOrElse(media -> new MediaResponse(request, media).send(), () -> noSuchPath(request));
        }
    }

    private static void multivariant(HttpServerRequest request, Window window, SegmentForm form) {
        if (window.has(form)) {
            PlaylistResponse.multivariant(request, window, form).send();
        } else {
            notFound(request, ErrorCode.CODEC_NOT_IN_TS);
        }
    }

    private static void media(HttpServerRequest request, Window window, SegmentForm form) {
        if (window.has(form)) {
            PlaylistResponse.media(request, window, form).send();
        } else {
            notFound(request, ErrorCode.CODEC_NOT_IN_TS);
        }
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
                        RawErrors.send(request, ApiError.unavailable(RETRY_AFTER));
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
