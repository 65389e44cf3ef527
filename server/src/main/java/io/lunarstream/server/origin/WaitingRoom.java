package io.lunarstream.server.origin;

import io.lunarstream.server.http.ApiError;
import io.lunarstream.server.http.RawErrors;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.live.Window;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Where requests wait for a part or a segment: without a thread, and answered on the event loop of their connection.
///
/// @param streams whose windows they wait for
record WaitingRoom(LiveStreams streams) {

    /// When to ask again after a wait that was in vain.
    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /// What an nginx before us reads and takes away: those who wait there for this answer may all have it, for 1 s.
    /// Without it they would come one after the other, to wait once more each.
    private static final String NGINX_SHARES = "X-Accel-Expires";

    /// Waits until a window of the path's generation is as wanted; 503 if that takes too long.
    ///
    /// @param answer sends the response
    void await(
            HttpServerRequest request, HlsPath.OfGeneration path, Predicate<Window> wanted, Consumer<Window> answer) {
        Context context = ((HttpServerRequestInternal) request).context();
        streams.await(
                        path.streamKey(),
                        path.generation(),
                        wanted,
                        window -> context.runOnContext(_ -> leave(request, window, answer)))
                .ifPresent(waiting -> request.response().closeHandler(_ -> waiting.cancel()));
    }

    private static void leave(HttpServerRequest request, Optional<Window> window, Consumer<Window> answer) {
        if (request.response().closed()) {
            return;
        }
        window.ifPresentOrElse(answer, () -> unavailable(request));
    }

    private static void unavailable(HttpServerRequest request) {
        // In this order, or nginx before 1.23 does not see it.
        request.response().putHeader(NGINX_SHARES, "1").putHeader("Cache-Control", "no-store");
        RawErrors.send(request, ApiError.unavailable(RETRY_AFTER));
    }
}
