package io.lunarstream.server.http;

import java.util.function.Function;

/// One endpoint: what it is reached by, who may, what it expects, and what answers.
///
/// @param method `GET` (which also serves `HEAD`), `POST`, `PATCH` or `DELETE`
/// @param template its path; a segment in braces, as in `/livestream/{id}`, is a parameter
/// @param access who may use it
/// @param expectsBody whether the body must be a JSON object; otherwise a body is ignored
/// @param takesForms whether the body may also be an HTML form
/// @param runsOn the kind of thread that may run the handler
/// @param limited whether the rate limit of its [Access] counts its requests
/// @param handler what answers
public record Route(
        String method,
        String template,
        Access access,
        boolean expectsBody,
        boolean takesForms,
        RunsOn runsOn,
        boolean limited,
        Function<Request, Response> handler) {

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
        return limited("GET", template, access, /* expectsBody= */ false, handler);
    }

    /// A route that takes a JSON object, on a virtual thread.
    public static Route post(String template, Access access, Function<Request, Response> handler) {
        return limited("POST", template, access, /* expectsBody= */ true, handler);
    }

    /// A route that does something and needs no body, on a virtual thread.
    public static Route postWithoutBody(String template, Access access, Function<Request, Response> handler) {
        return limited("POST", template, access, /* expectsBody= */ false, handler);
    }

    /// A route that changes what a JSON object names, on a virtual thread.
    public static Route patch(String template, Access access, Function<Request, Response> handler) {
        return limited("PATCH", template, access, /* expectsBody= */ true, handler);
    }

    /// A route that deletes, on a virtual thread.
    public static Route delete(String template, Access access, Function<Request, Response> handler) {
        return limited("DELETE", template, access, /* expectsBody= */ false, handler);
    }

    private static Route limited(
            String method, String template, Access access, boolean expectsBody, Function<Request, Response> handler) {
        return new Route(
                method,
                template,
                access,
                expectsBody,
                /* takesForms= */ false,
                RunsOn.VIRTUAL_THREAD,
                /* limited= */ true,
                handler);
    }

    /// The same route, answered on the event loop.
    public Route onEventLoop() {
        return new Route(method, template, access, expectsBody, takesForms, RunsOn.EVENT_LOOP, limited, handler);
    }

    /// The same route, as often as anybody likes.
    public Route unlimited() {
        return new Route(method, template, access, expectsBody, takesForms, runsOn, /* limited= */ false, handler);
    }

    /// The same route, for callers that may send an HTML form instead of JSON.
    public Route takingForms() {
        return new Route(method, template, access, expectsBody, /* takesForms= */ true, runsOn, limited, handler);
    }
}
