package io.lunarstream.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.flv.FlvTag;
import io.lunarstream.rtmp.session.ClientEvent;
import io.lunarstream.server.Clip;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestMediaNode;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.ingest.RtmpEncoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An API node and a media node, in two halves of one process that know each other by HTTP alone. Operations, "Many
/// machines".
class MediaNodeIT {
    private static final List<FlvTag> CLIP = Clip.tags();

    /// Six seconds, three segments.
    private static final int PART = CLIP.size() / 10;

    /// A cut is promised within this time.
    private static final Duration CUT = Duration.ofSeconds(5);

    private final MutableClock clock = new MutableClock();

    @TempDir
    private Path folder;

    private Map<String, String> apiSettings = Map.of();
    private TestServer api;
    private TestMediaNode node;
    private String mediaServerId = "";

    @BeforeEach
    void start() throws IOException {
        apiSettings = Map.of("LUNAR_ROLE", "api", "LUNAR_HTTP_PORT", Integer.toString(freePort()));
        api = startApi();
        JsonNode registered = api.adminPost("/admin/media-servers", """
                        {"name":"media-1","region":"eu","kind":"lunar","rtmpServer":"rtmp://before.example/live",
                        "hlsBaseUrl":"http://before.example/hls","maxStreams":5}""").data();
        mediaServerId = registered.required("id").asText();
        node = TestMediaNode.start(
                Files.createDirectories(folder.resolve("media")),
                clock,
                Map.of(
                        "LUNAR_API_URLS",
                        "http://127.0.0.1:9,http://127.0.0.1:" + apiSettings.get("LUNAR_HTTP_PORT"),
                        "LUNAR_MEDIA_SERVER_SECRET",
                        registered.required("secret").asText()));
    }

    @AfterEach
    void stop() {
        node.close();
        api.close();
    }

    private TestServer startApi() throws IOException {
        return TestServer.start(Files.createDirectories(folder.resolve("api")), clock, apiSettings);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    @Test
    void isOfferedAsSoonAsItHasStartedWithItsOwnAddresses() {
        assertThat(node.report()).contains("it knows this media server");
        JsonNode offered = api.get("/media-servers/available").data().required(0);
        assertThat(offered.required("id").asText()).isEqualTo(mediaServerId);
        assertThat(offered.required("rtmpServer").asText()).isEqualTo("rtmp://localhost:" + node.rtmpPort() + "/live");
        assertThat(offered.at("/capacity/maxStreams").asInt()).isEqualTo(200);
    }

    @Test
    void broadcastsWhatTheApiAdmitsAndTellsItsStartMeasuresAndEnd() throws IOException {
        JsonNode livestream = create();
        assertThat(absence(livestream)).isEqualTo("STREAM_NOT_STARTED");
        try (RtmpEncoder encoder = publishing(livestream)) {
            encoder.send(CLIP.subList(0, PART));
            awaitStatus(livestream, "STARTED");
            await().untilAsserted(() -> {
                JsonNode now = show(livestream);
                assertThat(now.at("/ingest/connected").asBoolean()).isTrue();
                assertThat(now.at("/ingest/videoCodec").asText()).isEqualTo("h264");
            });
            assertThat(node.get("/hls/" + key(livestream) + "/master.m3u8").status())
                    .isEqualTo(200);
            encoder.goodbye();
        }
        awaitStatus(livestream, "ENDED");
        assertThat(show(livestream).required("endReason").asText()).isEqualTo("client_stopped");
        assertThat(show(livestream).has("ingest")).isFalse();
    }

    /// The keyframe interval goes to the API with a report, and comes back with the permit.
    @Test
    void playsALaterBroadcastBeforeItsSecondKeyframe() throws IOException {
        JsonNode livestream = create();
        try (RtmpEncoder encoder = publishing(livestream)) {
            encoder.send(CLIP.subList(0, PART));
            awaitStatus(livestream, "STARTED");
            clock.advance(Duration.ofSeconds(2));
            encoder.send(CLIP.subList(PART, 2 * PART));
            encoder.goodbye();
        }
        awaitStatus(livestream, "ENDED");
        try (RtmpEncoder encoder = publishing(livestream)) {
            encoder.send(CLIP.stream().filter(tag -> tag.timestampMs() < 500).toList());
            awaitStatus(livestream, "STARTED");
            assertThat(playlist(livestream)).containsOnlyOnce("#EXTINF:").doesNotContain("#EXT-X-ENDLIST");
        }
    }

    @Test
    void cutsWhomTheApiEnds() throws IOException {
        JsonNode livestream = create();
        try (RtmpEncoder encoder = publishing(livestream)) {
            encoder.send(CLIP.subList(0, PART));
            awaitStatus(livestream, "STARTED");
            api.end(livestream.required("id").asText());
            await().atMost(CUT).until(() -> encoder.refusal().contains("BROADCAST_ENDED"));
        }
        assertThat(show(livestream).required("endReason").asText()).isEqualTo("api_ended");
        assertThat(refusal(livestream)).contains("INVALID_PUSH_TOKEN");
    }

    @Test
    void refusesWhatIsNoTokenWithoutAskingTheApi() throws IOException {
        JsonNode livestream = create();
        api.close();
        assertThat(refusal(key(livestream), "no.token.atall")).contains("INVALID_PUSH_TOKEN");
        api = startApi();
    }

    @Test
    void goesOnWithoutTheApiLetsTheSameEncoderBackInAndTellsEverythingLater() throws IOException {
        JsonNode livestream = create();
        JsonNode unknown = create();
        try (RtmpEncoder encoder = publishing(livestream)) {
            encoder.send(CLIP.subList(0, PART));
            awaitStatus(livestream, "STARTED");
        }
        api.close();
        try (RtmpEncoder encoder = publishing(livestream)) {
            encoder.send(CLIP.subList(PART, 2 * PART));
            assertThat(refusal(unknown)).contains("UNAVAILABLE");
            assertThat(node.get("/hls/" + key(livestream) + "/master.m3u8").status())
                    .isEqualTo(200);
            encoder.goodbye();
        }
        await().until(() -> playlist(livestream).endsWith("#EXT-X-ENDLIST\n"));
        api = startApi();
        awaitStatus(livestream, "ENDED");
        assertThat(show(livestream).required("endReason").asText()).isEqualTo("client_stopped");
        try (RtmpEncoder encoder = publishing(unknown)) {
            encoder.send(CLIP.subList(0, PART));
            awaitStatus(unknown, "STARTED");
        }
    }

    @Test
    void takesItsBroadcastsBackAfterARestart() throws IOException {
        JsonNode livestream = create();
        try (RtmpEncoder encoder = publishing(livestream)) {
            encoder.send(CLIP.subList(0, PART));
            awaitStatus(livestream, "STARTED");
        }
        node = node.restarted();
        await().untilAsserted(() -> assertThat(
                        show(livestream).at("/ingest/connected").asBoolean(true))
                .isFalse());
        try (RtmpEncoder encoder = publishing(livestream)) {
            encoder.send(CLIP.subList(PART, 2 * PART));
            await().untilAsserted(() -> assertThat(
                            show(livestream).at("/ingest/connected").asBoolean())
                    .isTrue());
            encoder.goodbye();
        }
        awaitStatus(livestream, "ENDED");
    }

    private JsonNode create() {
        return api.post(
                        "/livestream",
                        "{\"name\":\"a\",\"projectId\":\"%s\",\"mediaServerId\":\"%s\"}"
                                .formatted(api.projectId(), mediaServerId))
                .data();
    }

    private JsonNode show(JsonNode livestream) {
        return api.get("/livestream/" + livestream.required("id").asText()).data();
    }

    private void awaitStatus(JsonNode livestream, String status) {
        await().untilAsserted(() ->
                assertThat(show(livestream).required("status").asText()).isEqualTo(status));
    }

    private static String key(JsonNode livestream) {
        return livestream.required("streamKey").asText();
    }

    private String absence(JsonNode livestream) {
        return node.get("/hls/" + key(livestream) + "/master.m3u8")
                .json()
                .required("code")
                .asText();
    }

    private String playlist(JsonNode livestream) {
        String master = "/live/" + key(livestream) + "/hls.m3u8";
        String text = node.get(master).response().body();
        String media =
                text.lines().filter(line -> !line.startsWith("#")).findFirst().orElseThrow();
        return node.get("/live/" + key(livestream) + "/" + media).response().body();
    }

    private RtmpEncoder publishing(JsonNode livestream) throws IOException {
        RtmpEncoder encoder =
                encoder(key(livestream), livestream.required("pushToken").asText());
        assertThat(encoder.ask()).isInstanceOf(ClientEvent.PublishAccepted.class);
        return encoder;
    }

    private String refusal(JsonNode livestream) throws IOException {
        return refusal(key(livestream), livestream.required("pushToken").asText());
    }

    private String refusal(String streamKey, String token) throws IOException {
        try (RtmpEncoder encoder = encoder(streamKey, token)) {
            return encoder.refusal();
        }
    }

    private RtmpEncoder encoder(String streamKey, String token) throws IOException {
        return new RtmpEncoder(node.rtmpPort(), streamKey, token);
    }
}
