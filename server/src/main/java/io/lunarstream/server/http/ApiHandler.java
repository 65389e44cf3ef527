package io.lunarstream.server.http;

import io.lunarstream.server.auth.Authentication;
import io.lunarstream.server.http.Route.RunsOn;
import io.lunarstream.server.ratelimit.RateLimits;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Brings requests from Vert.x to the [Chain] and its responses back.
///
/// A request's body is read whole on the event loop. Then the chain runs on a virtual thread, or on the event loop
/// where the route says so, of itself or of this request, or where there is no route.
public final class ApiHandler implements Handler<HttpServerRequest> {

    /// How many requests may be worked on at once: with a body of 64 KiB each they hold 64 MiB. More are told to come
    /// back, because a queue for a database that cannot keep up only grows.
    private static final int MAX_REQUESTS_AT_WORK = 1024;

    /// With this an HTTP/2 stream is reset after its response. Source: RFC 9113, section 8.1.
    private static final int NO_ERROR = 0;

    private static final Duration RETRY_AFTER_OVERLOAD = Duration.ofSeconds(1);

    /// Responses with these have no body, and say nothing of its length.
    private static final Set<Integer> BODILESS = Set.of(204, 304);

    private final RouteTable routes;
    private final ClientAddresses clients;
    private final Chain chain;

    /// Otherwise whoever counts a request may wait, and no event loop may.
    private final boolean countsInMemory;

    private final Semaphore atWork = new Semaphore(MAX_REQUESTS_AT_WORK);
    private final UnfinishedBodies unfinished = new UnfinishedBodies();

    public ApiHandler(
            List<Route> routes,
            Authentication authentication,
            RateLimits limits,
            ClientAddresses clients,
            Consumer<AnsweredRequest> counter) {
        this.routes = new RouteTable(routes);
        this.clients = clients;
        this.countsInMemory = limits.areInMemory();
        this.chain = new Chain(authentication, limits, counter);
    }

    @Override
    public void handle(HttpServerRequest request) {
        // Without an answer: nobody reads one who does not even send.
        BodyCollector body = new BodyCollector(unfinished, () -> closeRest(request));
        request.exceptionHandler(gone -> body.close());
        request.handler(piece -> {
            switch (body.add(piece)) {
                case OPEN -> {}
                case TOO_LARGE -> {
                    takeNoMore(request, body);
                    refuseRest(request, body.body());
                }
                case NO_ROOM -> {
                    takeNoMore(request, body);
                    sendBusy(request, RequestId.of(request), () -> closeRest(request));
                }
            }
        });
        request.endHandler(end -> {
            body.close();
            answer(request, body.body(), () -> {});
        });
    }

    private static void takeNoMore(HttpServerRequest request, BodyCollector body) {
        request.handler(null).endHandler(null);
        body.close();
    }

    private static void closeRest(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(NO_ERROR);
        } else {
            request.connection().close();
        }
    }

    /// Answers before the body has come, and takes no more of it. Other requests of an HTTP/2 connection go on.
    private void refuseRest(HttpServerRequest request, Body body) {
        if (request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader("Connection", "close");
        }
        answer(request, body, () -> closeRest(request));
    }

    private void answer(HttpServerRequest vertxRequest, Body body, Runnable whenSent) {
        Request received = received(vertxRequest, body);
        Request request = countsInMemory ? received.routed() : received;
        RunsOn runsOn = request.route().map(Route::runsOn).orElse(RunsOn.EVENT_LOOP);
        switch (runsOn) {
            case EVENT_LOOP -> send(vertxRequest, chain.answer(request), whenSent);
            case VIRTUAL_THREAD -> answerOnOwnThread(vertxRequest, request, whenSent);
        }
    }

    private void answerOnOwnThread(HttpServerRequest vertxRequest, Request request, Runnable whenSent) {
        if (!atWork.tryAcquire()) {
            sendBusy(vertxRequest, request.id(), whenSent);
            return;
        }
        Context eventLoop = Objects.requireNonNull(Vertx.currentContext());
        Thread.ofVirtual().name("request-" + request.id()).start(() -> {
            try {
                Response response = chain.answer(request);
                eventLoop.runOnContext(back -> send(vertxRequest, response, whenSent));
            } finally {
                atWork.release();
            }
        });
    }

    private static void sendBusy(HttpServerRequest request, String id, Runnable whenSent) {
        Response busy = ApiError.unavailable(RETRY_AFTER_OVERLOAD).toResponse(id);
        send(request, busy.with(RequestId.HEADER, id), whenSent);
    }

    private Request received(HttpServerRequest request, Body body) {
        String method = request.method().name();
        String path = Optional.ofNullable(request.path()).orElse("/");
        Headers headers = headers(request);
        return Request.received(
                RequestId.of(request),
                method,
                path,
                routes.match(method, path),
                Query.parse(Optional.ofNullable(request.query()).orElse("")),
                headers,
                body,
                clients.of(request.remoteAddress().hostAddress(), headers));
    }

    private static Headers headers(HttpServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach((name, value) -> headers.merge(
                        name.toLowerCase(Locale.ROOT),
                        value,
                        (first, next) ->
                                name.equalsIgnoreCase(ClientAddresses.FORWARDED_FOR) ? first + "," + next : first));
        return new Headers(headers);
    }

    /// A response to `HEAD` says how long the body would be, and has none.
    private static void send(HttpServerRequest request, Response response, Runnable whenSent) {
        HttpServerResponse out = request.response().setStatusCode(response.status());
        response.headers().forEach(out::putHeader);
        Buffer body = Buffer.buffer(response.body());
        boolean lengthless = BODILESS.contains(response.status());
        if (!lengthless) {
            out.putHeader("Content-Length", Integer.toString(body.length()));
        }
        (lengthless || request.method().name().equals("HEAD") ? out.end() : out.end(body))
                .onComplete(sent -> whenSent.run());
    }
}
