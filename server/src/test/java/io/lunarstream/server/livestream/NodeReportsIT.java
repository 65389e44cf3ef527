package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What media nodes tell of broadcasts, what the API shows of it, and what they are answered.
@TestInstance(Lifecycle.PER_CLASS)
class NodeReportsIT {
    private final MutableClock clock = new MutableClock();
    private TestServer server;
    private FakeNode node;
    private JsonNode livestream;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
    }

    @BeforeEach
    void createOnANewNode() {
        node = onlineNode();
        livestream = node.create(3600);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aPublisherIsAdmittedOnTermsThatTheNodeIsTold() {
        Answer answer =
                node.pushAuth(livestream, livestream.required("pushToken").asText());
        JsonNode permit = answer.json().required("permit");
        assertThat(permit.required("livestreamId").asText()).isEqualTo(id());
        assertThat(permit.required("streamKey")).isEqualTo(livestream.required("streamKey"));
        assertThat(permit.required("cutAt")).isEqualTo(livestream.required("pushTokenExpiresAt"));
        assertThat(permit.required("fence").asLong()).isZero();
        assertThat(permit.has("keyframeIntervalSeconds")).isFalse();
        node.report(List.of(node.keyframeInterval(permit, 2500)), List.of());
        assertThat(node.admit(livestream).required("keyframeIntervalSeconds").asDouble())
                .isEqualTo(2.5);
        assertThat(node.pushAuth(livestream, "x").json().required("error").asText())
                .isEqualTo("INVALID_PUSH_TOKEN");
        assertThat(onlineNode()
                        .pushAuth(livestream, livestream.required("pushToken").asText())
                        .json()
                        .required("error")
                        .asText())
                .isEqualTo("TOKEN_MISMATCH");
    }

    @Test
    void aBroadcastIsShownAsItsNodeTellsOfIt() {
        JsonNode permit = node.admit(livestream);
        node.report(List.of(), List.of(node.held(permit)));
        assertThat(now().required("status").asText()).isEqualTo("READY_FOR_USE");
        assertThat(isConnected()).isTrue();
        JsonNode verdict = FakeNode.verdict(node.report(List.of(node.playable(permit)), List.of(node.held(permit))));
        assertThat(verdict.required("cutAt")).isEqualTo(livestream.required("pushTokenExpiresAt"));
        assertThat(verdict.required("fence").asLong()).isZero();
        assertStatus("STARTED", "");
        JsonNode now = now();
        assertThat(now.required("startedAt").asText()).isEqualTo(clock.instant().toString());
        assertThat(now.required("viewers").asInt()).isEqualTo(12);
        JsonNode ingest = node.held(permit).required("ingest");
        assertThat(now.required("ingest").properties()).containsExactlyInAnyOrderElementsOf(ingest.properties());
        assertThat(info().required("ingest").required("connected").asBoolean()).isTrue();
        assertThat(server.get("/livestream?limit=100&status=STARTED").data())
                .anySatisfy(row -> assertThat(row).isEqualTo(now));

        node.report(List.of(), List.of(node.heldAfterRestart(permit, /* connected= */ false)));
        assertThat(isConnected()).isFalse();
        assertThat(info().required("ingest").required("connected").asBoolean()).isFalse();
        clock.advance(Duration.ofSeconds(5));
        node.report(List.of(node.ended(permit, "reconnect_timeout")), List.of());
        assertStatus("ENDED", "reconnect_timeout");
        assertThat(now().required("endedAt").asText()).isEqualTo(clock.instant().toString());
        assertThat(now().has("ingest")).isFalse();
        assertThat(now().required("viewers").asInt()).isZero();
    }

    @Test
    void eventsThatAreToldAgainChangeNothing() {
        JsonNode permit = node.admit(livestream);
        List<ObjectNode> events = new ArrayList<>();
        events.add(node.playable(permit));
        clock.advance(Duration.ofSeconds(5));
        events.add(node.ended(permit, "client_stopped"));
        node.report(events, List.of());
        assertStatus("ENDED", "client_stopped");
        generate("");
        clock.advance(Duration.ofSeconds(5));
        JsonNode before = now();
        node.report(events, List.of());
        assertThat(now()).isEqualTo(before);

        node.report(List.of(node.playable(permit)), List.of(node.held(permit)));
        JsonNode live = now();
        assertThat(live.required("status").asText()).isEqualTo("STARTED");
        node.report(events, List.of());
        assertThat(now()).isEqualTo(live);
    }

    @Test
    void aNodeWhoseClockIsAheadTellsOfNothingInTheFuture() {
        JsonNode permit = node.admit(livestream);
        node.report(List.of(node.playable(permit).put("at", "2099-01-01T00:00:00Z")), List.of());
        assertThat(now().required("startedAt").asText())
                .isEqualTo(clock.instant().toString());
    }

    @Test
    void whatANewerReleaseTellsIsSkipped() {
        JsonNode permit = node.admit(livestream);
        Answer answer = node.report(List.of(node.playable(permit).put("type", "sparkled")), List.of());
        assertThat(answer.status()).isEqualTo(200);
        assertStatus("READY_FOR_USE", "");
    }

    @Test
    void endingIsToldWithTheNextReportAndShownAtOnce() {
        JsonNode permit = node.play(livestream);
        JsonNode ended = server.end(id()).data();
        assertThat(ended.required("endReason").asText()).isEqualTo("api_ended");
        assertThat(ended.has("ingest")).isFalse();
        assertThat(FakeNode.verdict(node.report(List.of(), List.of(node.held(permit)))))
                .hasToString("{\"livestreamId\":\"" + id() + "\",\"over\":\"api_ended\"}");
        node.report(List.of(node.playable(permit), node.ended(permit, "api_ended")), List.of());
        assertThat(now()).isEqualTo(ended);
        assertThat(server.end(id()).json().required("code").asText()).isEqualTo("LIVESTREAM_NOT_LIVE");
    }

    @Test
    void aPublisherThatHasNothingToPlayYetCanBeEnded() {
        JsonNode permit = node.admit(livestream);
        node.report(List.of(), List.of(node.held(permit)));
        assertThat(server.end(id()).data().required("status").asText()).isEqualTo("ENDED");
        assertOver("api_ended", permit);
    }

    @Test
    void deletingIsToldWithTheNextReport() {
        JsonNode permit = node.play(livestream);
        assertThat(server.delete("/livestream/" + id()).data().has("ingest")).isFalse();
        assertOver("api_ended", permit);
        UUID unknown = UUID.randomUUID();
        assertThat(FakeNode.verdict(
                        node.report(List.of(), List.of(node.held(permit).put("livestreamId", unknown.toString())))))
                .hasToString("{\"livestreamId\":\"" + unknown + "\",\"over\":\"api_ended\"}");
    }

    @Test
    void revocationIsToldWithTheNextReportAndTheNewTokenStartsAnother() {
        JsonNode permit = node.play(livestream);
        JsonNode made = generate(",\"revokePrevious\":true");
        assertStatus("READY_FOR_USE", "token_revoked");
        assertThat(now().has("ingest")).isFalse();
        assertOver("token_revoked", permit);
        JsonNode next = node.pushAuth(livestream, made.required("pushToken").asText())
                .json()
                .required("permit");
        clock.advance(Duration.ofSeconds(1));
        node.report(List.of(node.playable(next)), List.of(node.held(next)));
        assertStatus("STARTED", "");
    }

    @Test
    void allTokensThatGoWithTheirSigningKeyAreToldToo() {
        JsonNode permit = node.play(livestream);
        server.rotateSigningKey(/* retireNow= */ true);
        assertOver("token_revoked", permit);
    }

    @Test
    void renewalIsToldWithTheNextReport() {
        JsonNode permit = node.play(livestream);
        JsonNode made = generate(",\"expiresIn\":7200");
        assertThat(FakeNode.verdict(node.report(List.of(), List.of(node.held(permit))))
                        .required("cutAt"))
                .isEqualTo(made.required("expiresAt"));
    }

    @Test
    void aRestartedNodeIsToldWhyItsBroadcastHasEnded() {
        JsonNode permit = node.play(livestream);
        server.end(id());
        Answer answer = node.report(List.of(), List.of(node.heldAfterRestart(permit, /* connected= */ false)));
        assertThat(FakeNode.verdict(answer).required("over").asText()).isEqualTo("api_ended");
    }

    @Test
    void reportsThatComeTogetherAreTakenOneAfterTheOther() throws Exception {
        JsonNode permit = node.admit(livestream);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(
                        clients.submit(() -> node.report(List.of(node.playable(permit)), List.of(node.held(permit)))));
            }
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
        assertStatus("STARTED", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not_started", "ended", "not_found"})
    void aNodeLearnsWhyThereIsNothingToPlay(String absence) {
        String streamKey = livestream.required("streamKey").asText();
        if (absence.equals("ended")) {
            JsonNode permit = node.play(livestream);
            clock.advance(Duration.ofSeconds(5));
            node.report(List.of(node.ended(permit, "client_stopped")), List.of());
        } else if (absence.equals("not_found")) {
            server.delete("/livestream/" + id());
        }
        assertThat(node.absence(streamKey).data()).hasToString("{\"absence\":\"" + absence + "\"}");
    }

    private FakeNode onlineNode() {
        FakeNode made = FakeNode.register(server, clock, "n" + System.nanoTime());
        made.report();
        return made;
    }

    private JsonNode generate(String more) {
        return server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id() + "\"" + more + "}")
                .data();
    }

    private void assertOver(String reason, JsonNode permit) {
        Answer answer = node.report(List.of(), List.of(node.held(permit)));
        assertThat(FakeNode.verdict(answer).required("over").asText()).isEqualTo(reason);
    }

    private String id() {
        return livestream.required("id").asText();
    }

    private JsonNode now() {
        return server.get("/livestream/" + id()).data();
    }

    private JsonNode info() {
        return server.get("/livestreams/stream-info/"
                        + livestream.required("streamKey").asText())
                .data();
    }

    private boolean isConnected() {
        return now().required("ingest").required("connected").asBoolean();
    }

    private void assertStatus(String status, String endReason) {
        JsonNode now = now();
        assertThat(now.required("status").asText()).isEqualTo(status);
        assertThat(now.required("endReason").asText("")).isEqualTo(endReason);
    }
}
