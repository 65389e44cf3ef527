package io.lunarstream.server.pushauth;

import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Query;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.http.Shape;
import io.lunarstream.server.http.Values;
import io.lunarstream.server.live.PublishDecision;
import io.lunarstream.server.live.PublishDecision.Permitted;
import io.lunarstream.server.live.PublishDecision.Refused;
import io.lunarstream.server.live.PublishRefusal;
import io.lunarstream.server.livestream.ForeignBroadcasts;
import io.lunarstream.server.livestream.ForeignBroadcasts.Connection;
import io.lunarstream.server.pushtoken.PushTokens;
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
/// A form may tell by `call` and `clientid` what happens to which connection, as nginx-rtmp does; then the broadcast
/// is followed. Without `call` it is a mere question. Fields of the other caller and unknown ones do no harm. Of a
/// field sent twice the first counts: nginx-rtmp appends what the encoder wrote behind its own fields.
///
/// Source: the Partner API, push-auth.
public final class PushAuthHandler {
    private static final String PATH = "/push-auth";
    private static final int FORM_REFUSED = 403;

    /// nginx-rtmp names connections by a number of at most 20 digits.
    private static final int MAX_CLIENT_ID_CHARS = 64;

    private final PushTokens pushTokens;
    private final ForeignBroadcasts foreignBroadcasts;

    public PushAuthHandler(PushTokens pushTokens, ForeignBroadcasts foreignBroadcasts) {
        this.pushTokens = pushTokens;
        this.foreignBroadcasts = foreignBroadcasts;
    }

    /// Under the base path and at the root.
    public List<Route> routes() {
        return Stream.of(Route.BASE + PATH, PATH)
                .map(path -> Route.post(path, Access.MEDIA_SERVER, this::decide).takingForms())
                .toList();
    }

    private Response decide(Request request) {
        if (!request.isForm()) {
            String streamKey = text(request, "stream");
            return answer(pushTokens.verify(streamKey, tokenInParams(request), request.mediaServerId()), 200);
        }
        return request.json().has("call") ? told(request) : question(request);
    }

    private Response question(Request request) {
        return answer(
                pushTokens.verify(text(request, "name"), text(request, "pushToken"), request.mediaServerId()),
                FORM_REFUSED);
    }

    private Response told(Request request) {
        Shape shape = new Shape(request);
        Hook hook = shape.body().requiredWord("call", List.of(Hook.values()), Hook::call);
        String clientId = shape.body().requiredText("clientid");
        shape.checkKnownFields();
        Values values = new Values();
        values.text("clientid", clientId, MAX_CLIENT_ID_CHARS);
        values.check();
        Connection connection =
                new Connection(request.mediaServerId(), text(request, "name"), text(request, "pushToken"), clientId);
        return switch (hook) {
            case PUBLISH -> answer(foreignBroadcasts.publish(connection), FORM_REFUSED);
            case UPDATE -> answer(foreignBroadcasts.update(connection), FORM_REFUSED);
            case DONE -> {
                foreignBroadcasts.done(connection);
                yield success();
            }
        };
    }

    private static String tokenInParams(Request request) {
        String params = text(request, "params") + text(request, "param");
        return Query.parse(params.startsWith("?") ? params.substring(1) : params)
                .first("pushToken")
                .orElse("");
    }

    /// A field's text; empty if it is not there or is no text, which is as good as none.
    private static String text(Request request, String field) {
        return request.json().path(field).asText("");
    }

    /// @param refused the status of a refusal
    private static Response answer(PublishDecision decision, int refused) {
        return switch (decision) {
            case Permitted _ -> success();
            case Refused(PublishRefusal reason) -> refusal(refused, reason);
        };
    }

    private static Response success() {
        return Response.bare(200, Map.of("code", 0, "msg", "success"));
    }

    private static Response refusal(int status, PublishRefusal reason) {
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("code", -1);
        verdict.put("msg", reason.message());
        verdict.put("error", reason.name());
        return Response.bare(status, verdict);
    }
}
