package io.lunarstream.server.pushtoken;

import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Query;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.live.PublishDecision;
import io.lunarstream.server.live.PublishDecision.Permitted;
import io.lunarstream.server.live.PublishDecision.Refused;
import io.lunarstream.server.live.PublishRefusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Answers media servers outside this process that ask whether a publisher may come in.
///
/// | caller | stream key | push token | admitted | refused |
/// |---|---|---|---|---|
/// | JSON | `stream` | in `params` or `param`, a query | 200, `code` 0 | 200, `code` -1 |
/// | form | `name` | `pushToken` | 200 | 403 |
///
/// Fields of the other caller and unknown ones do no harm. Source: the Partner API, push-auth.
public final class PushAuthHandler {
    private static final String PATH = "/push-auth";

    private final PushTokens pushTokens;

    public PushAuthHandler(PushTokens pushTokens) {
        this.pushTokens = pushTokens;
    }

    /// Under the base path and at the root.
    public List<Route> routes() {
        return Stream.of(Route.BASE + PATH, PATH)
                .map(path -> Route.post(path, Access.MEDIA_SERVER, this::decide).takingForms())
                .toList();
    }

    private Response decide(Request request) {
        String streamKey = request.isForm() ? text(request, "name") : text(request, "stream");
        PublishDecision decision = pushTokens.verify(streamKey, pushToken(request), request.mediaServerId());
        return switch (decision) {
            case Permitted permitted -> Response.bare(200, Map.of("code", 0, "msg", "success"));
            case Refused(PublishRefusal reason) -> refused(request.isForm() ? 403 : 200, reason);
        };
    }

    private static String pushToken(Request request) {
        if (request.isForm()) {
            return text(request, "pushToken");
        }
        String params = text(request, "params") + text(request, "param");
        return Query.parse(params.startsWith("?") ? params.substring(1) : params)
                .first("pushToken")
                .orElse("");
    }

    /// A field's text; empty if it is not there or is no text, which is as good as none.
    private static String text(Request request, String field) {
        return request.json().path(field).asText("");
    }

    private static Response refused(int status, PublishRefusal reason) {
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("code", -1);
        verdict.put("msg", reason.message());
        verdict.put("error", reason.name());
        return Response.bare(status, verdict);
    }
}
