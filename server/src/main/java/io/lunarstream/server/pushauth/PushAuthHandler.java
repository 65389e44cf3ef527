package io.lunarstream.server.pushauth;

import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.live.PublishDecision;
import io.lunarstream.server.live.PublishDecision.Permitted;
import io.lunarstream.server.live.PublishDecision.Refused;
import io.lunarstream.server.live.PublishPermit;
import io.lunarstream.server.live.PublishRefusal;
import io.lunarstream.server.livestream.ForeignBroadcasts;
import io.lunarstream.server.livestream.ForeignBroadcasts.Connection;
import io.lunarstream.server.livestream.NodeBroadcasts;
import io.lunarstream.server.pushtoken.PushTokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// Answers media servers outside this process that ask whether a publisher may come in, and tell what becomes of it.
///
/// | caller | stream key | push token | admitted | refused |
/// |---|---|---|---|---|
/// | JSON | `stream` | in `params` or `param`, a query | 200, `code` 0 | 200, `code` -1 |
/// | form | `name` | `pushToken` | 200 | 403 |
///
/// A payload that is a hook of nginx-rtmp, SRS or ZLMediaKit tells what happens to which connection; then the broadcast
/// is followed. Any other is a mere question. Fields of another caller and unknown ones do no harm. Of a field sent
/// twice in a form the first counts: nginx-rtmp appends what the encoder wrote behind its own fields. A media node of
/// ours, which asks in JSON, is told the terms of the permit as well.
///
/// Source: the Partner API, push-auth.
public final class PushAuthHandler {
    private static final String PATH = "/push-auth";
    private static final String STREAM_NOT_FOUND_PATH = PATH + "/stream-not-found";
    private static final int FORM_REFUSED = 403;
    private static final int JSON_REFUSED = 200;

    private final PushTokens pushTokens;
    private final ForeignBroadcasts foreignBroadcasts;
    private final NodeBroadcasts nodeBroadcasts;

    public PushAuthHandler(PushTokens pushTokens, ForeignBroadcasts foreignBroadcasts, NodeBroadcasts nodeBroadcasts) {
        this.pushTokens = pushTokens;
        this.foreignBroadcasts = foreignBroadcasts;
        this.nodeBroadcasts = nodeBroadcasts;
    }

    /// Under the base path and at the root.
    public List<Route> routes() {
        return Stream.of(Route.BASE, "")
                .flatMap(base -> Stream.of(
                        Route.post(base + PATH, Access.MEDIA_SERVER, this::decide)
                                .takingForms(),
                        Route.post(base + STREAM_NOT_FOUND_PATH, Access.MEDIA_SERVER, this::streamNotFound)))
                .toList();
    }

    private Response decide(Request request) {
        Payload payload = new Payload(request);
        if (request.isForm()) {
            return NginxRtmpPayload.read(payload)
                    .map(hook -> told(hook, FORM_REFUSED))
                    .orElseGet(() -> question(payload, "name", payload.text("pushToken"), FORM_REFUSED));
        }
        String token = Stream.of("params", "param")
                .map(payload::pushTokenIn)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
        if (request.isFromMediaNode()) {
            return nodeQuestion(payload, token);
        }
        return SrsPayload.read(payload)
                .or(() -> ZlmediakitPayload.read(payload))
                .map(hook -> told(hook, JSON_REFUSED))
                .orElseGet(() -> question(payload, "stream", token, JSON_REFUSED));
    }

    private Response question(Payload payload, String streamField, String token, int refused) {
        return answer(pushTokens.verify(payload.text(streamField), token, payload.mediaServerId()), refused);
    }

    private Response nodeQuestion(Payload payload, String token) {
        return switch (pushTokens.verify(payload.text("stream"), token, payload.mediaServerId())) {
            case Permitted(PublishPermit permit) ->
                nodeBroadcasts
                        .fence(permit.livestreamId(), payload.mediaServerId())
                        .map(fence -> Response.bare(
                                200, Map.of("code", 0, "msg", "success", "permit", PermitView.of(permit, fence))))
                        .orElseGet(() -> refusal(JSON_REFUSED, PublishRefusal.TOKEN_MISMATCH));
            case Refused(PublishRefusal reason) -> refusal(JSON_REFUSED, reason);
        };
    }

    private Response told(Hook hook, int refused) {
        return switch (hook) {
            case Hook.Publish(Connection connection) -> answer(foreignBroadcasts.publish(connection), refused);
            case Hook.Update(Connection connection) -> answer(foreignBroadcasts.update(connection), refused);
            case Hook.Segment(Connection connection) -> {
                foreignBroadcasts.update(connection);
                yield success();
            }
            case Hook.StreamSegment(UUID mediaServerId, String streamKey) -> {
                foreignBroadcasts.heard(mediaServerId, streamKey);
                yield success();
            }
            case Hook.Done(Connection connection) -> {
                foreignBroadcasts.done(connection);
                yield success();
            }
        };
    }

    /// ZLMediaKit's hook `on_stream_not_found`: `close` says whether the viewer is sent away at once, instead of
    /// waiting for the stream. Source: `server/WebHook.cpp`; a verdict other than 0 would not be read.
    private Response streamNotFound(Request request) {
        boolean mayCome = foreignBroadcasts.mayCome(new Payload(request).text("stream"));
        return Response.bare(200, Map.of("code", 0, "msg", "success", "close", !mayCome));
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
