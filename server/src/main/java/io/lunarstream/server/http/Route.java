package io.lunarstream.server.http;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// One endpoint: what it is reached by, who may, what it expects, and what answers.
///
/// @param method `GET` (which also serves `HEAD`), `POST`, `PATCH` or `DELETE`
/// @param template its path; a segment in braces, as in `/livestream/{id}`, is a parameter
/// @param access who may use it
/// @param body what becomes of the body, which is a JSON object
/// @param takesForms whether the body may also be an HTML form
/// @param runsOn the kind of thread that may run the handler
/// @param limited whether the rate limit of its [Access] counts its requests
/// @param handler what answers
/// @param atHand what answers a request on the event loop after all, because all that it takes lies in memory; empty
///     if the handler has to
public record Route(
        String method,
        String template,
        Access access,
        BodyUse body,
        boolean takesForms,
        RunsOn runsOn,
        boolean limited,
        Function<Request, Response> handler,
        Function<Request, Optional<Supplier<Response>>> atHand) {

    /// What becomes of a request's body.
    public enum BodyUse {
        IGNORED,
        /// Read if there is one; none stands for an empty object.
        OPTIONAL,
        REQUIRED
    }

    /// Where a handler runs.
    public enum RunsOn {
        /// A thread of its own: the handler may block.
        VIRTUAL_THREAD,
        /// The connection's event loop: the handler answers from memory and never waits.
        EVENT_LOOP
    }

    /// Base path of the API.
    public static final String BASE = "/api/v1";

    /// A route that is read, on a virtual thread.
    public static Route get(String template, Access access, Function<Request, Response> handler) {
        return limited("GET", template, access, BodyUse.IGNORED, handler);
    }

    /// A route that takes a JSON object, on a virtual thread.
    public static Route post(String template, Access access, Function<Request, Response> handler) {
        return limited("POST", template, access, BodyUse.REQUIRED, handler);
    }

    /// A route that does something and needs no body, on a virtual thread.
    public static Route postWithoutBody(String template, Access access, Function<Request, Response> handler) {
        return limited("POST", template, access, BodyUse.IGNORED, handler);
    }

    /// A route that does something and takes a JSON object that may be left out, on a virtual thread.
    public static Route postWithOptionalBody(String template, Access access, Function<Request, Response> handler) {
        return limited("POST", template, access, BodyUse.OPTIONAL, handler);
    }

    /// A route that changes what a JSON object names, on a virtual thread.
    public static Route patch(String template, Access access, Function<Request, Response> handler) {
        return limited("PATCH", template, access, BodyUse.REQUIRED, handler);
    }

    /// A route that deletes, on a virtual thread.
    public static Route delete(String template, Access access, Function<Request, Response> handler) {
        return limited("DELETE", template, access, BodyUse.IGNORED, handler);
    }

    private static Route limited(
            String method, String template, Access access, BodyUse body, Function<Request, Response> handler) {
        return new Route(
                method,
                template,
                access,
                body,
                /* takesForms= */ false,
                RunsOn.VIRTUAL_THREAD,
                /* limited= */ true,
                handler,
                request -> Optional.empty());
    }

    /// Whether the body is read.
    public boolean expectsBody() {
        return body != BodyUse.IGNORED;
    }

    /// The same route, answered on the event loop.
    public Route onEventLoop() {
        return new Route(method, template, access, body, takesForms, RunsOn.EVENT_LOOP, limited, handler, atHand);
    }

    /// The same route, as often as anybody likes.
    public Route unlimited() {
        return new Route(method, template, access, body, takesForms, runsOn, /* limited= */ false, handler, atHand);
    }

    /// The same route, for callers that may send an HTML form instead of JSON.
    public Route takingForms() {
        return new Route(method, template, access, body, /* takesForms= */ true, runsOn, limited, handler, atHand);
    }

    /// The same route, answered on the event loop where what it takes lies in memory.
    ///
    /// @param known finds what answers a request without waiting; it is called before the chain, so it only looks
    public Route onEventLoopIf(Function<Request, Optional<Supplier<Response>>> known) {
        return new Route(method, template, access, body, takesForms, runsOn, limited, handler, known);
    }

    /// The route as it answers one request.
    Route asFor(Request request) {
        return atHand.apply(request)
                .map(answer -> new Route(
                        method,
                        template,
                        access,
                        body,
                        takesForms,
                        RunsOn.EVENT_LOOP,
                        limited,
                        ignored -> answer.get(),
                        atHand))
                .orElse(this);
    }
}
