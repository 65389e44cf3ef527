package io.lunarstream.server.mediaserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.livestream.FakeNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What media nodes say of themselves, and who has room by it. Operations, "Many machines".
@TestInstance(Lifecycle.PER_CLASS)
class MediaNodesIT {
    private final MutableClock clock = new MutableClock();
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
        clock.advance(Duration.ofSeconds(20));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aNodeIsOnlineWithItsFirstReportAtTheAddressesThatItNames() {
        FakeNode node = register("fresh");
        assertThat(row(node).required("status").asText()).isEqualTo("OFFLINE");
        assertThat(row(node).has("load")).isFalse();
        ObjectNode self = node.self().put("rtmpsServer", "rtmps://fresh.example/live");
        Answer answer = node.send(self.put("maxStreams", 7)
                .put("activeStreams", 3)
                .put("viewers", 340)
                .put("cpuLoad", 0.25)
                .put("unknown", "of a newer release"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).hasToString("{\"data\":{\"streams\":[]},\"meta\":{}}");
        JsonNode row = row(node);
        assertThat(row.required("status").asText()).isEqualTo("ONLINE");
        assertThat(row.required("rtmpServer").asText()).isEqualTo("rtmp://fresh.example/live");
        assertThat(row.required("hlsBaseUrl").asText()).isEqualTo("https://fresh.example/hls");
        assertThat(row.required("capacity")).hasToString("{\"maxStreams\":7,\"activeStreams\":3}");
        assertThat(row.required("load").required("reportedAt").asText())
                .isEqualTo(clock.instant().toString());
        assertThat(row.required("load").required("cpuLoad").asDouble()).isEqualTo(0.25);
        assertThat(row.required("load").required("viewers").asInt()).isEqualTo(340);
        assertThat(server.get("/media-servers/available").response().body()).doesNotContain("load", "reportedAt");
        String created = server.createBody("a", "").replace(server.mediaServerId(), node.id());
        assertThat(server.post("/livestream", created)
                        .data()
                        .required("rtmpsServer")
                        .asText())
                .isEqualTo("rtmps://fresh.example/live");
    }

    @Test
    void aNodeThatFallsSilentOrStopsIsOffline() {
        FakeNode silent = register("silent");
        silent.report();
        clock.advance(Duration.ofSeconds(15).minusMillis(1));
        FakeNode other = register("other");
        other.report();
        FakeNode.awaitSweep(server);
        assertThat(status(silent)).isEqualTo("ONLINE");
        clock.advance(Duration.ofMillis(1));
        await().until(() -> status(silent).equals("OFFLINE"));
        assertThat(status(other)).isEqualTo("ONLINE");
        silent.report();
        assertThat(status(silent)).isEqualTo("ONLINE");
        other.send(other.self().put("stopping", true));
        assertThat(status(other)).isEqualTo("OFFLINE");
    }

    @Test
    void aDrainedNodeStaysSoWhateverItReports() {
        FakeNode node = register("drained");
        node.report();
        server.adminPost("/admin/media-servers/" + node.id() + "/drain", "");
        node.report();
        assertThat(status(node)).isEqualTo("DRAINING");
        node.send(node.self().put("stopping", true));
        assertThat(status(node)).isEqualTo("DRAINING");
        assertThat(available()).doesNotContain("drained");
    }

    @Test
    void thoseWithRoomComeByTheirRealLoad() {
        load("load-3", 90, 100, Optional.of(0.1));
        load("load-2", 10, 100, Optional.of(0.7));
        load("load-1", 20, 100, Optional.of(0.2));
        load("load-0b", 5, 100, Optional.empty());
        load("load-0a", 0, 100, Optional.of(0.05));
        load("load-full", 100, 100, Optional.of(0.0));
        assertThat(available())
                .filteredOn(name -> name.startsWith("load"))
                .containsExactly("load-0a", "load-0b", "load-1", "load-2", "load-3");
    }

    private void load(String name, int activeStreams, int maxStreams, Optional<Double> cpuLoad) {
        FakeNode node = register(name);
        ObjectNode self = node.self().put("activeStreams", activeStreams).put("maxStreams", maxStreams);
        cpuLoad.ifPresent(load -> self.put("cpuLoad", load));
        node.send(self);
    }

    @ParameterizedTest
    @CsvSource({"srs", "zlmediakit", "nginx-rtmp"})
    void whatIsForNodesIsDeniedToOtherMediaServers(String kind) {
        FakeNode foreign = FakeNode.register(server, clock, "foreign-" + kind, kind);
        assertError(foreign.report(), 403, "ACCESS_DENIED");
        assertError(foreign.send(foreign.self().put("hlsBaseUrl", "x")), 403, "ACCESS_DENIED");
        assertError(server.send(foreign.request("/media-node/livestreams/x")), 403, "ACCESS_DENIED");
        assertThat(status(foreign)).isEqualTo("ONLINE");
        assertThat(row(foreign).required("rtmpServer").asText()).isEqualTo("rtmp://a.example/live");
    }

    @Test
    void nothingIsTakenWithoutTheSecret() {
        Answer answer = server.send(server.request("/media-node/report")
                .header("ls-media-server-secret", "ls_ms_v1_" + "A".repeat(43))
                .POST(BodyPublishers.ofString("{")));
        assertError(answer, 401, "INVALID_MEDIA_SERVER_SECRET");
        assertError(server.send(server.request("/media-node/livestreams/x")), 401, "INVALID_MEDIA_SERVER_SECRET");
    }

    /// {id} is an id.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'rtmpServer':null           | 400 | rtmpServer is required",
                "'hlsBaseUrl':7              | 400 | hlsBaseUrl must be a string",
                "'maxStreams':0              | 400 | maxStreams must not be less than 1",
                "'maxStreams':100001         | 400 | maxStreams must not be greater than 100000",
                "'activeStreams':-1          | 400 | activeStreams must not be less than 0",
                "'viewers':1.5               | 400 | viewers must be an integer",
                "'cpuLoad':1.01              | 400 | cpuLoad must be a number from 0.0 to 1.0",
                "'stopping':'no'             | 400 | stopping must be a boolean",
                "'events':{}                 | 400 | events must be an array of at most 100 objects",
                "'events':[7]                | 400 | events.0 must be an object",
                "'events':[{}]               | 400 | events.0.type is required",
                "'events':[{'type':'ended','livestreamId':'{id}','fence':0,'reason':'bored',"
                        + "'at':'2026-01-12T18:12:38Z'}] | 400 | events.0.reason must be one of client_stopped,"
                        + " reconnect_timeout, api_ended, token_expired, token_revoked, media_error,"
                        + " media_server_lost",
                "'events':[{'type':'ended','livestreamId':'{id}','fence':0,'reason':'api_ended','at':'18:12'}]"
                        + " | 400 | events.0.at must be a time such as 2026-01-12T18:12:38.918Z",
                "'events':[{'type':'ended','livestreamId':'{id}','fence':0,'reason':'api_ended',"
                        + "'at':'2026-02-31T18:12:38Z'}]"
                        + " | 400 | events.0.at must be a time such as 2026-01-12T18:12:38.918Z",
                "'events':[{'type':'keyframe_interval','livestreamId':'{id}','fence':0,'milliseconds':0}]"
                        + " | 400 | events.0.milliseconds must not be less than 1",
                "'streams':[{'livestreamId':'x','viewers':0,'ingest':{'connected':true,'protocol':'rtmp',"
                        + "'bFrames':false,'timestampRepairs':0}}]"
                        + " | 400 | streams.0.livestreamId must be a valid UUID",
                "'streams':[{'livestreamId':'{id}','viewers':0}] | 400 | streams.0.ingest is required",
                "'streams':[{'livestreamId':'{id}','viewers':0,'ingest':{'connected':true,'protocol':'rtmp',"
                        + "'bFrames':false,'timestampRepairs':0,'warnings':[{'code':'x'}]}}]"
                        + " | 400 | streams.0.ingest.warnings.0.message is required",
                "'rtmpServer':'http://a.example' | 422 | rtmpServer must be an address that starts with rtmp://"
                        + " or rtmps://, without ? and #",
            })
    void aReportThatIsNotUnderstoodIsRefusedWhole(String fields, int status, String message) {
        FakeNode node = register("faulty-" + Integer.toHexString(fields.hashCode()));
        ObjectNode report = node.self();
        String id = "70c1f6bd-9d4f-4b3e-8a51-8a6f0c1f2d11";
        Answer.parse("{" + fields.replace('\'', '"').replace("{id}", id) + "}")
                .properties()
                .forEach(field -> report.set(field.getKey(), field.getValue()));
        Answer answer = node.send(report);
        assertError(answer, status, status == 400 ? "VALIDATION_FAILED" : "UNPROCESSABLE");
        assertThat(answer.json().at("/details/0/message").asText()).isEqualTo(message);
        assertThat(answer.json().required("details")).hasSize(1);
        assertThat(status(node)).isEqualTo("OFFLINE");
    }

    @Test
    void whatCannotBeStoredIsRefused() {
        FakeNode node = register("unstorable");
        ObjectNode report = node.self();
        report.withArray("streams")
                .addObject()
                .put("livestreamId", UUID.randomUUID().toString())
                .put("viewers", 0)
                .putObject("ingest")
                .put("connected", true)
                .put("protocol", "half")
                .put("bFrames", false)
                .put("timestampRepairs", 0);
        Answer answer = node.send(report.toString().replace("half", "\\ud800"));
        assertError(answer, 422, "UNPROCESSABLE");
        assertThat(answer.json().at("/details/0/field").asText()).isEqualTo("streams.0.ingest");
    }

    @Test
    void moreThanAReportMayHoldIsRefused() {
        FakeNode node = register("much");
        for (String list : List.of("events", "streams")) {
            ObjectNode report = node.self();
            for (int i = 0; i <= 100; i++) {
                report.withArray(list).addObject().put("type", "x");
            }
            assertError(node.send(report), 400, "VALIDATION_FAILED");
        }
    }

    @Test
    void aNodeThatIsRemovedIsNotHeardAnyMore() {
        FakeNode node = register("removed");
        node.report();
        server.adminDelete("/admin/media-servers/" + node.id());
        assertError(node.report(), 401, "INVALID_MEDIA_SERVER_SECRET");
    }

    private FakeNode register(String name) {
        return FakeNode.register(server, clock, name);
    }

    private String status(FakeNode node) {
        return row(node).required("status").asText();
    }

    private JsonNode row(FakeNode node) {
        return row(node.id());
    }

    private JsonNode row(String id) {
        return server.adminGet("/admin/media-servers")
                .data()
                .valueStream()
                .filter(row -> row.required("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<String> available() {
        return server.get("/media-servers/available")
                .data()
                .valueStream()
                .map(row -> row.required("name").asText())
                .toList();
    }

    private static void assertError(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.json().required("code").asText()).isEqualTo(code);
    }
}
