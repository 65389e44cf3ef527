package io.lunarstream.server.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An HTTP port. Open from the start, so that a port that is taken is known before anything else is done; until
/// [#serve] it answers 503.
///
/// Path prefixes can be given to handlers of their own, which stay on the event loop and bypass the API's chain: that
/// is how media leave.
public final class HttpListener implements AutoCloseable {

    /// Longer than the longest wait of a playlist request, which no byte interrupts.
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);

    /// Room for the longest `search` a livestream's name can match, percent-encoded.
    private static final int MAX_REQUEST_LINE_BYTES = 16 * 1024;

    private static final int MAX_HEADER_BYTES = 16 * 1024;

    /// How long requests at work may take to finish on a close; the program must be gone within 10 s.
    private static final Duration GRACE = Duration.ofSeconds(4);

    private static final Duration RETRY_WHEN_STARTED = Duration.ofSeconds(1);

    /// What answers: the API, unless a path starts with one of the prefixes.
    private record Handlers(Map<String, Handler<HttpServerRequest>> byPrefix, Handler<HttpServerRequest> api) {

        void handle(HttpServerRequest request) {
            String path = request.path() == null ? "/" : request.path();
            for (Map.Entry<String, Handler<HttpServerRequest>> mount : byPrefix.entrySet()) {
                if (path.startsWith(mount.getKey())) {
                    mount.getValue().handle(request);
                    return;
                }
            }
            api.handle(request);
        }
    }

    private final HttpDate date = new HttpDate();
    private final Vertx vertx;
    private final String deploymentId;
    private final AtomicInteger port;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Handlers handlers =
            new Handlers(Map.of(), request -> RawErrors.send(request, ApiError.unavailable(RETRY_WHEN_STARTED)));

    private HttpListener(Vertx vertx, String bind, int wantedPort, int eventLoops) {
        this.vertx = vertx;
        this.port = new AtomicInteger(wantedPort);
        DeploymentOptions options = new DeploymentOptions().setInstances(eventLoops);
        // A negative port is one free port that all event loops share.
        int sharedPort = wantedPort == 0 && eventLoops > 1 ? -1 : wantedPort;
        this.deploymentId =
                await(vertx.deployVerticle(() -> new EventLoopServer(bind, sharedPort), options), IDLE_TIMEOUT);
    }

    /// Opens a port.
    ///
    /// @param bind the address to listen on
    /// @param port the port; 0 takes a free one
    /// @param eventLoops how many of the event loops share it
    /// @param option what changes the port, for the operator
    /// @throws PortTakenException if the port cannot be had
    public static HttpListener open(EventLoops loops, String bind, int port, int eventLoops, String option) {
        try {
            return new HttpListener(loops.vertx(), bind, port, eventLoops);
        } catch (CompletionException e) {
            throw new PortTakenException(bind, port, option, e);
        }
    }

    /// Starts to answer.
    ///
    /// @param byPrefix handlers by the beginning of the path, such as `/hls/`
    /// @param api what answers everything else
    public void serve(Map<String, Handler<HttpServerRequest>> byPrefix, Handler<HttpServerRequest> api) {
        handlers = new Handlers(new TreeMap<>(byPrefix), api);
    }

    /// The port that is really open.
    public int port() {
        return port.get();
    }

    /// Takes no more connections, and closes those there are once their requests are answered, or after a grace. A
    /// second close does nothing.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        await(vertx.undeploy(deploymentId), GRACE.multipliedBy(2));
    }

    private void handle(HttpServerRequest request) {
        request.response().putHeader(HttpDate.HEADER, date.at(Instant.now()));
        request.response().putHeader(RequestId.HEADER, RequestId.acceptedOrNew(request.getHeader(RequestId.HEADER)));
        request.exceptionHandler(gone -> {});
        request.response().exceptionHandler(gone -> {});
        handlers.handle(request);
    }

    /// A request that is not HTTP, or more of it than there is room for.
    private static void refuse(HttpServerRequest request) {
        request.response().putHeader(RequestId.HEADER, RequestId.acceptedOrNew(null));
        ErrorCode code = switch (request.decoderResult().cause()) {
            case TooLongHttpLineException e -> ErrorCode.URI_TOO_LONG;
            case TooLongHttpHeaderException e -> ErrorCode.HEADERS_TOO_LARGE;
            case null, default -> ErrorCode.BAD_REQUEST;
        };
        request.response().putHeader("Connection", "close");
        RawErrors.send(request, ApiError.of(code))
                .onComplete(sent -> request.connection().close());
    }

    private static <T> T await(Future<T> future, Duration timeout) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /// The port on one event loop. Vert.x lets the event loops share it.
    private final class EventLoopServer extends VerticleBase {
        private final String bind;
        private final int wantedPort;
        private @Nullable HttpServer server;

        EventLoopServer(String bind, int wantedPort) {
            this.bind = bind;
            this.wantedPort = wantedPort;
        }

        @Override
        public Future<?> start() {
            HttpServerOptions options = new HttpServerOptions()
                    .setHost(bind)
                    .setPort(wantedPort)
                    .setIdleTimeout((int) IDLE_TIMEOUT.toSeconds())
                    .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                    .setMaxHeaderSize(MAX_HEADER_BYTES)
                    .setHandle100ContinueAutomatically(true)
                    // HTTP/2 is for TLS: no browser speaks it without, and proxies disagree about the upgrade.
                    .setHttp2ClearTextEnabled(false)
                    .setTcpNoDelay(true);
            HttpServer created = vertx.createHttpServer(options)
                    .requestHandler(HttpListener.this::handle)
                    .invalidRequestHandler(HttpListener::refuse);
            server = created;
            return created.listen().onSuccess(open -> port.set(open.actualPort()));
        }

        @Override
        public Future<?> stop() {
            return server == null ? Future.succeededFuture() : server.shutdown(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
