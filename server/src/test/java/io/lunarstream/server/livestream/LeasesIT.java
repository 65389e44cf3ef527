package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Broadcasts on media nodes that fall silent: how long their leases last, and what becomes of them afterwards.
@TestInstance(Lifecycle.PER_CLASS)
class LeasesIT {
    private static final Duration LEASE = Duration.ofSeconds(40);
    private static final Duration RECONNECT_WINDOW = Duration.ofSeconds(30);
    private static final Duration TICK = Duration.ofMillis(1);

    private final MutableClock clock = new MutableClock();
    private TestServer server;
    private FakeNode node;
    private JsonNode livestream;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
        clock.advance(LEASE.plus(RECONNECT_WINDOW));
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
    void aLeaseLastsFortySecondsAndTheBroadcastAReconnectWindowMore() {
        JsonNode permit = node.play(livestream);
        assertThat(info().required("ingest").required("connected").asBoolean()).isTrue();
        clock.advance(LEASE.minus(TICK));
        FakeNode.awaitSweep(server);
        assertThat(isConnected()).isTrue();
        clock.advance(TICK);
        await().until(() -> !isConnected());
        assertThat(info().required("ingest").required("connected").asBoolean()).isFalse();
        assertStatus("STARTED", "");
        clock.advance(RECONNECT_WINDOW.minus(TICK));
        FakeNode.awaitSweep(server);
        assertStatus("STARTED", "");
        clock.advance(TICK);
        awaitStatus("ENDED", "media_server_lost");
        assertThat(now().required("endedAt").asText()).isEqualTo(clock.instant().toString());
        assertThat(now().has("ingest")).isFalse();
        assertThat(node.admit(livestream).required("fence").asLong())
                .isEqualTo(permit.required("fence").asLong() + 1);
    }

    @Test
    void aReportRenewsTheLease() {
        JsonNode permit = node.play(livestream);
        for (int i = 0; i < 3; i++) {
            clock.advance(LEASE.minus(TICK));
            node.report(List.of(), List.of(node.held(permit)));
        }
        FakeNode.awaitSweep(server);
        assertThat(isConnected()).isTrue();
        assertStatus("STARTED", "");
    }

    @Test
    void aDeadlineThatHasPassedMeanwhileIsTheReason() {
        livestream = node.create(60);
        node.play(livestream);
        clock.advance(LEASE.plus(RECONNECT_WINDOW));
        awaitStatus("TOKEN_EXPIRED", "token_expired");
    }

    @Test
    void aNodeThatWasCutOffGoesOnWhereItWas() {
        JsonNode permit = node.play(livestream);
        JsonNode startedAt = now().required("startedAt");
        clock.advance(LEASE.plus(RECONNECT_WINDOW));
        awaitStatus("ENDED", "media_server_lost");
        clock.advance(Duration.ofSeconds(1));
        JsonNode verdict = FakeNode.verdict(node.report(List.of(), List.of(node.held(permit))));
        assertThat(verdict.required("fence").asLong()).isOne();
        assertStatus("STARTED", "");
        assertThat(now().required("startedAt")).isEqualTo(startedAt);
        assertThat(now().required("endedAt").isNull()).isTrue();
        assertThat(isConnected()).isTrue();
    }

    @Test
    void aNodeThatWasCutOffGoesOnThoughANewTokenWasMade() {
        JsonNode permit = node.play(livestream);
        clock.advance(LEASE.plus(RECONNECT_WINDOW));
        awaitStatus("ENDED", "media_server_lost");
        generate("");
        assertStatus("READY_FOR_USE", "media_server_lost");
        node.report(List.of(), List.of(node.held(permit)));
        assertStatus("STARTED", "");
    }

    @Test
    void aNodeThatHasRestartedGoesOnWithoutTokenAndFence() {
        JsonNode permit = node.play(livestream);
        ObjectNode late = node.ended(permit, "reconnect_timeout");
        late.remove("fence");
        node.report(List.of(late), List.of());
        ObjectNode waiting = node.heldAfterRestart(permit, /* connected= */ false);
        Answer answer = node.report(List.of(), List.of(waiting));
        assertThat(FakeNode.verdict(answer).required("fence").asLong()).isZero();
        assertStatus("STARTED", "");
    }

    @Test
    void lateWordsAboutABroadcastThatWasGivenUpChangeNothing() {
        JsonNode permit = node.play(livestream);
        clock.advance(LEASE.plus(RECONNECT_WINDOW));
        awaitStatus("ENDED", "media_server_lost");
        JsonNode before = now();
        clock.advance(Duration.ofSeconds(1));
        node.report(
                List.of(
                        node.playable(permit),
                        node.keyframeInterval(permit, 3000),
                        node.ended(permit, "client_stopped")),
                List.of());
        assertThat(now()).isEqualTo(before);
        assertThat(node.admit(livestream).has("keyframeIntervalSeconds")).isFalse();
    }

    @Test
    void aStartThatIsAllANodeHasToldIsGivenUpToo() {
        JsonNode permit = node.admit(livestream);
        node.report(List.of(node.playable(permit)), List.of());
        FakeNode.awaitSweep(server);
        clock.advance(LEASE.plus(RECONNECT_WINDOW));
        awaitStatus("ENDED", "media_server_lost");
    }

    @Test
    void aPublisherThatIsGoneBeforeItCouldBePlayedLeavesNoTraceAndMayStillStart() {
        JsonNode permit = node.admit(livestream);
        node.report(List.of(), List.of(node.held(permit)));
        clock.advance(LEASE.plus(RECONNECT_WINDOW));
        await().until(() -> !now().has("ingest"));
        assertStatus("READY_FOR_USE", "");
        node.report(List.of(node.playable(permit)), List.of(node.held(permit)));
        assertStatus("STARTED", "");
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

    private void awaitStatus(String status, String endReason) {
        await().until(() -> now().required("status").asText().equals(status));
        assertStatus(status, endReason);
    }
}
