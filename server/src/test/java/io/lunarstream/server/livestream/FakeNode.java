package io.lunarstream.server.livestream;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.database.Database;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A media node that tells what a test wants it to tell, by the requests that a real one sends.
public final class FakeNode {
    private static final String INGEST = """
            {"protocol":"rtmp","videoCodec":"h264","audioCodec":"aac","width":1280,"height":720,"frameRate":30.0,
             "bitrateKbps":2630,"keyframeIntervalSeconds":2.0,"longestKeyframeIntervalSeconds":null,"bFrames":false,
             "audioAheadMs":-12,"timestampRepairs":0,
             "warnings":[{"code":"FRAMES_DROPPED","message":"Set a keyframe interval of 2 s."}]}""";

    private final TestServer server;
    private final MutableClock clock;
    private final JsonNode registered;

    private FakeNode(TestServer server, MutableClock clock, JsonNode registered) {
        this.server = server;
        this.clock = clock;
        this.registered = registered;
    }

    /// Registers a media node, which is offline until it reports.
    public static FakeNode register(TestServer server, MutableClock clock, String name) {
        return register(server, clock, name, "lunar");
    }

    public static FakeNode register(TestServer server, MutableClock clock, String name, String kind) {
        JsonNode registered = server.adminPost("/admin/media-servers", """
                        {"name":"%s","region":"r","kind":"%s","rtmpServer":"rtmp://a.example/live",
                         "hlsBaseUrl":"http://a.example/hls","maxStreams":5}""".formatted(name, kind))
                .data();
        return new FakeNode(server, clock, registered);
    }

    /// Waits until the sweeper has come by: the last that it does is to give up leases, such as one that is made
    /// here.
    public static void awaitSweep(TestServer server) {
        UUID livestream = UUID.fromString(server.create("swept").required("id").asText());
        try (Database database = server.database()) {
            database.run(handle -> handle.createUpdate("""
                            insert into lease (livestream_id, renewed_at, connected, viewers)
                            values (:id, :longAgo, false, 0)""")
                    .bind("id", livestream)
                    .bind("longAgo", Instant.EPOCH)
                    .execute());
            await().until(() ->
                    database.read(handle -> handle.createQuery("select count(*) from lease where livestream_id = :id")
                                    .bind("id", livestream)
                                    .mapTo(Integer.class)
                                    .one()
                            == 0));
        }
    }

    public String id() {
        return registered.required("id").asText();
    }

    public String name() {
        return registered.required("name").asText();
    }

    /// What it says of itself, at addresses with its name in them.
    public ObjectNode self() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("rtmpServer", "rtmp://" + name() + ".example/live")
                .put("hlsBaseUrl", "https://" + name() + ".example/hls/")
                .put("maxStreams", 200)
                .put("activeStreams", 0)
                .put("viewers", 0)
                .put("stopping", false);
    }

    /// A report of nothing but itself.
    public Answer report() {
        return report(List.of(), List.of());
    }

    Answer report(List<ObjectNode> events, List<ObjectNode> streams) {
        ObjectNode report = self();
        report.<ArrayNode>withArray("events").addAll(events);
        report.<ArrayNode>withArray("streams").addAll(streams);
        return send(report);
    }

    public Answer send(JsonNode report) {
        return send(report.toString());
    }

    public Answer send(String report) {
        return server.send(request("/media-node/report").POST(BodyPublishers.ofString(report)));
    }

    /// Asks why there is nothing to play at a stream key.
    Answer absence(String streamKey) {
        return server.send(request("/media-node/livestreams/" + streamKey));
    }

    public HttpRequest.Builder request(String path) {
        return server.request(path)
                .header("ls-media-server-secret", registered.required("secret").asText())
                .header("content-type", "application/json");
    }

    /// Makes a livestream that lives on this node.
    JsonNode create(int expiresIn) {
        String body = server.createBody("a", ",\"expiresIn\":" + expiresIn);
        return server.post("/livestream", body.replace(server.mediaServerId(), id()))
                .data();
    }

    /// Asks whether a publisher may come in.
    Answer pushAuth(JsonNode livestream, String pushToken) {
        String question = "{\"stream\":\"%s\",\"params\":\"pushToken=%s\"}"
                .formatted(livestream.required("streamKey").asText(), pushToken);
        return server.send(request("/push-auth").POST(BodyPublishers.ofString(question)));
    }

    /// Lets in a publisher with the token that a livestream was made with.
    ///
    /// @return its permit
    JsonNode admit(JsonNode livestream) {
        return pushAuth(livestream, livestream.required("pushToken").asText())
                .json()
                .required("permit");
    }

    /// Lets in a publisher and tells that it can be played.
    ///
    /// @return its permit
    JsonNode play(JsonNode livestream) {
        JsonNode permit = admit(livestream);
        report(List.of(playable(permit)), List.of(held(permit)));
        return permit;
    }

    ObjectNode playable(JsonNode permit) {
        return event("playable", permit)
                .put("tokenId", permit.required("tokenId").asText())
                .put("at", clock.instant().toString());
    }

    ObjectNode ended(JsonNode permit, String reason) {
        return event("ended", permit)
                .put("reason", reason)
                .put("at", clock.instant().toString());
    }

    ObjectNode keyframeInterval(JsonNode permit, int milliseconds) {
        return event("keyframe_interval", permit).put("milliseconds", milliseconds);
    }

    private static ObjectNode event(String type, JsonNode permit) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("livestreamId", permit.required("livestreamId").asText())
                .put("fence", permit.required("fence").asLong());
    }

    /// A stream whose publisher is connected.
    ObjectNode held(JsonNode permit) {
        return heldAfterRestart(permit, /* connected= */ true)
                .put("tokenId", permit.required("tokenId").asText())
                .put("fence", permit.required("fence").asLong());
    }

    /// A stream of which the node knows neither token nor fence.
    ObjectNode heldAfterRestart(JsonNode permit, boolean connected) {
        ObjectNode stream = JsonNodeFactory.instance
                .objectNode()
                .put("livestreamId", permit.required("livestreamId").asText())
                .put("viewers", 12);
        ObjectNode ingest = (ObjectNode) Answer.parse(INGEST);
        ingest.put("connected", connected);
        stream.set("ingest", ingest);
        return stream;
    }

    /// The verdict about the only stream of a report.
    static JsonNode verdict(Answer answer) {
        return answer.data().required("streams").required(0);
    }
}
