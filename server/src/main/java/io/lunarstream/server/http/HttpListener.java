package io.lunarstream.server.http;

import io.lunarstream.server.transport.ListeningPort;
import io.lunarstream.server.transport.PortServer;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/// An HTTP port. Open from the start, so that a port that is taken is known before anything else is done; until
/// [#serve] it answers 503.
///
/// Path prefixes can be given to handlers of their own, which stay on the event loop and bypass the API's chain: that
/// is how media leave.
public final class HttpListener implements AutoCloseable {

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
    private final ListeningPort port;
    private volatile Handlers handlers =
            new Handlers(Map.of(), request -> RawErrors.send(request, ApiError.unavailable(RETRY_WHEN_STARTED)));

    private HttpListener(EventLoops loops, HttpPort wanted) {
        port = new ListeningPort(
                loops.vertx(), wanted.port(), wanted.eventLoops(), GRACE.multipliedBy(2), () -> server(loops, wanted));
        wanted.certificate().ifPresent(certificate -> certificate.follow(port));
    }

    /// Opens a port.
    ///
    /// @throws PortTakenException if the port cannot be had
    public static HttpListener open(EventLoops loops, HttpPort wanted) {
        try {
            return new HttpListener(loops, wanted);
        } catch (CompletionException e) {
            throw new PortTakenException(wanted.bind(), wanted.port(), wanted.option(), e);
        }
    }

    private PortServer server(EventLoops loops, HttpPort wanted) {
        HttpServer server = loops.vertx()
                .createHttpServer(wanted.options())
                .connectionHandler(connection -> {
                    LastIfChunked.guard(connection);
                    wanted.slowViewers().watch(connection);
                })
                .requestHandler(this::handle)
                .invalidRequestHandler(HttpListener::refuse);
        return new HttpPortServer(server, wanted.bind(), GRACE);
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
        return port.port();
    }

    /// Takes no more connections, and closes those there are once their requests are answered, or after a grace. A
    /// second close does nothing.
    @Override
    public void close() {
        port.close();
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
}
