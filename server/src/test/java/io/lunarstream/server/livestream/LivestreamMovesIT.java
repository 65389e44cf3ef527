package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Livestreams that move from one media node to another, and what those say then that had them.
@TestInstance(Lifecycle.PER_CLASS)
class LivestreamMovesIT {
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final MutableClock clock = new MutableClock();
    private TestServer server;
    private FakeNode a;
    private FakeNode b;
    private JsonNode livestream;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
        clock.advance(SILENCE);
    }

    @BeforeEach
    void createOnANewNode() {
        a = onlineNode("a");
        b = onlineNode("b");
        livestream = a.create(3600);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void whoIsLiveOnANodeThatReportsCannotMove() {
        JsonNode permit = a.admit(livestream);
        a.report(List.of(), List.of(a.held(permit)));
        assertError(move(b), 409, "LIVESTREAM_IS_LIVE");
        a.report(List.of(a.playable(permit)), List.of(a.held(permit)));
        assertError(move(b), 409, "LIVESTREAM_IS_LIVE");
        assertThat(now().required("status").asText()).isEqualTo("STARTED");
        a.report(List.of(a.ended(permit, "client_stopped")), List.of());
        assertThat(move(b).status()).isEqualTo(200);
    }

    @Test
    void whoIsLiveOnANodeThatHasDiedMovesAndGoesOnElsewhere() {
        JsonNode permit = a.play(livestream);
        assertThat(info().required("rtmpServer").asText()).contains(a.name());
        die();
        JsonNode moved = move(b).data();
        assertThat(moved.required("status").asText()).isEqualTo("ENDED");
        assertThat(moved.required("endReason").asText()).isEqualTo("media_server_lost");
        assertThat(moved.required("endedAt").asText()).isEqualTo(clock.instant().toString());
        assertThat(moved.has("ingest")).isFalse();
        assertThat(info().required("rtmpServer").asText()).isEqualTo("rtmp://" + b.name() + ".example/live");
        assertThat(info().at("/hlsSources/0/url").asText())
                .isEqualTo("https://" + b.name() + ".example/hls/" + key() + "/master.m3u8");
        String old = livestream.required("pushToken").asText();
        assertThat(b.pushAuth(livestream, old).json().required("error").asText())
                .isEqualTo("TOKEN_MISMATCH");

        JsonNode next = admitWithANewToken(b);
        assertThat(next.required("fence").asLong()).isOne();
        assertThat(now().required("status").asText()).isEqualTo("READY_FOR_USE");
        b.report(List.of(b.playable(next)), List.of(b.held(next)));
        JsonNode live = now();
        assertThat(live.required("status").asText()).isEqualTo("STARTED");

        Answer late = a.report(
                List.of(a.playable(permit), a.keyframeInterval(permit, 3000), a.ended(permit, "client_stopped")),
                List.of(a.held(permit)));
        assertThat(FakeNode.verdict(late).required("over").asText()).isEqualTo("media_server_lost");
        assertThat(now()).isEqualTo(live);
    }

    @Test
    void aDrainedNodeThatHasDiedIsLeftToo() {
        a.play(livestream);
        server.adminPost("/admin/media-servers/" + a.id() + "/drain", "");
        assertError(move(b), 409, "LIVESTREAM_IS_LIVE");
        clock.advance(SILENCE);
        b.report();
        assertThat(move(b).data().required("endReason").asText()).isEqualTo("media_server_lost");
    }

    @Test
    void aNodeThatSaysThatItStopsIsLeftAtOnce() {
        a.play(livestream);
        a.send(a.self().put("stopping", true));
        assertThat(move(b).status()).isEqualTo(200);
    }

    @Test
    void theWayThereAndBackMakesEveryEarlierWordALateOne() {
        JsonNode permit = a.play(livestream);
        die();
        move(b);
        a.report();
        move(a);
        JsonNode before = now();
        a.report(List.of(a.playable(permit), a.ended(permit, "client_stopped")), List.of());
        assertThat(now()).isEqualTo(before);
        JsonNode verdict = FakeNode.verdict(a.report(List.of(), List.of(a.held(permit))));
        assertThat(verdict.required("fence").asLong()).isEqualTo(2);
        assertThat(now().required("status").asText())
                .as("its broadcast has gone on")
                .isEqualTo("STARTED");
    }

    @Test
    void thePreviewPagePlaysFromTheNode() {
        Answer page = server.send(server.request("/livestreams/preview-playback/" + key()));
        String hls = "https://" + a.name() + ".example";
        assertThat(page.response().body()).containsOnlyOnce("<li>").contains("<li><a href=\"" + hls + "/hls/" + key());
        assertThat(page.header("Content-Security-Policy"))
                .contains("connect-src 'self' " + hls + ";", "media-src 'self' blob: " + hls + ";");
    }

    /// The node is not heard of any more.
    private void die() {
        clock.advance(SILENCE);
        b.report();
        await().until(() -> server.adminGet("/admin/media-servers")
                .data()
                .valueStream()
                .filter(row -> row.required("id").asText().equals(a.id()))
                .allMatch(row -> row.required("status").asText().equals("OFFLINE")));
    }

    private FakeNode onlineNode(String name) {
        FakeNode made = FakeNode.register(server, clock, name + UUID.randomUUID());
        made.report();
        return made;
    }

    private JsonNode admitWithANewToken(FakeNode node) {
        String token = server.post(
                        "/livestream/generate-push-token",
                        "{\"livestreamId\":\"" + livestream.required("id").asText() + "\"}")
                .data()
                .required("pushToken")
                .asText();
        return node.pushAuth(livestream, token).json().required("permit");
    }

    private Answer move(FakeNode to) {
        return server.patch(path(), "{\"mediaServerId\":\"" + to.id() + "\"}");
    }

    private JsonNode now() {
        return server.get(path()).data();
    }

    private JsonNode info() {
        return server.get("/livestreams/stream-info/" + key()).data();
    }

    private String path() {
        return "/livestream/" + livestream.required("id").asText();
    }

    private String key() {
        return livestream.required("streamKey").asText();
    }

    private static void assertError(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.json().required("code").asText()).isEqualTo(code);
    }
}
