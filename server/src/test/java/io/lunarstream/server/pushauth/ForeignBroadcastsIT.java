package io.lunarstream.server.pushauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.mediaserver.MediaServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a broadcast on nginx-rtmp, as its hooks tell. Partner API, sections 5 and 8.
class ForeignBroadcastsIT {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final MutableClock clock = new MutableClock();
    private final Path folder;
    private TestServer server;
    private NginxHooks nginx;
    private UUID nginxId;
    private JsonNode livestream;

    ForeignBroadcastsIT(@TempDir Path folder) {
        this.folder = folder;
        server = TestServer.start(folder, clock, Map.of());
        nginxId = server.makeMediaServer("nginx", MediaServer.Kind.NGINX_RTMP);
        nginx = new NginxHooks(server, "nginx");
    }

    @BeforeEach
    void create() {
        livestream = create(60);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void publishStartsUpdatesKeepAndDoneEndsABroadcast() {
        assertAdmitted(nginx.publish(livestream, token(), 1));
        assertStatus("STARTED", "");
        assertThat(now().required("startedAt").asText())
                .isEqualTo(clock.instant().toString());
        clock.advance(Duration.ofSeconds(5));
        assertAdmitted(nginx.update(livestream, token(), 1));
        assertStatus("STARTED", "");
        assertAdmitted(nginx.done(livestream, token(), 1));
        assertStatus("ENDED", "client_stopped");
        assertThat(now().required("endedAt").asText()).isEqualTo(clock.instant().toString());
    }

    @Test
    void anEndedLivestreamStartsAgainWithTheSameToken() {
        nginx.publish(livestream, token(), 1);
        nginx.done(livestream, token(), 1);
        clock.advance(Duration.ofSeconds(1));
        assertAdmitted(nginx.publish(livestream, token(), 2));
        assertStatus("STARTED", "");
        assertThat(now().required("startedAt").asText())
                .isEqualTo(clock.instant().toString());
        assertThat(now().required("endedAt").isNull()).isTrue();
    }

    @Test
    void aPublisherThatIsRefusedStartsNothing() {
        assertRefused(nginx.publish(livestream, "x", 1), "INVALID_PUSH_TOKEN");
        assertRefused(nginx.update(livestream, token(), 1), "INVALID_PUSH_TOKEN");
        assertAdmitted(nginx.done(livestream, token(), 1));
        assertStatus("READY_FOR_USE", "");
    }

    @Test
    void theDoneOfAnOldConnectionDoesNotEndWhatANewerOneHasBegun() {
        nginx.publish(livestream, token(), 1);
        nginx.publish(livestream, token(), 2);
        nginx.done(livestream, token(), 1);
        assertStatus("STARTED", "");
        assertAdmitted(nginx.update(livestream, token(), 2));
        assertRefused(nginx.update(livestream, token(), 1), "INVALID_PUSH_TOKEN");
        nginx.done(livestream, token(), 2);
        assertStatus("ENDED", "client_stopped");
    }

    @Test
    void aNewcomerThatNginxTurnsAwayItselfDoesNotEndTheBroadcast() {
        nginx.publish(livestream, token(), 1);
        nginx.publish(livestream, token(), 2);
        nginx.done(livestream, token(), 2);
        assertAdmitted(nginx.update(livestream, token(), 1));
        assertStatus("STARTED", "");
    }

    @Test
    void revocationEndsTheBroadcastRefusesTheNextUpdateAndLetsTheNewTokenStartAnother() {
        nginx.publish(livestream, token(), 1);
        String renewed = generate(",\"revokePrevious\":true");
        assertStatus("READY_FOR_USE", "token_revoked");
        assertRefused(nginx.update(livestream, token(), 1), "INVALID_PUSH_TOKEN");
        assertAdmitted(nginx.done(livestream, token(), 1));
        assertStatus("READY_FOR_USE", "token_revoked");
        assertAdmitted(nginx.publish(livestream, renewed, 2));
        assertStatus("STARTED", "");
    }

    @Test
    void aNewTokenMovesTheDeadlineOfARunningPublisher() {
        nginx.publish(livestream, token(), 1);
        generate(",\"expiresIn\":3600");
        clock.advance(Duration.ofSeconds(61));
        assertAdmitted(nginx.update(livestream, token(), 1));
        assertStatus("STARTED", "");
        assertRefused(nginx.publish(livestream, token(), 2), "EXPIRED_PUSH_TOKEN");
    }

    @Test
    void theDeadlineRefusesTheNextUpdate() {
        nginx.publish(livestream, token(), 1);
        clock.advance(Duration.ofSeconds(60));
        assertRefused(nginx.update(livestream, token(), 1), "EXPIRED_PUSH_TOKEN");
        assertStatus("TOKEN_EXPIRED", "token_expired");
    }

    @Test
    void theDeadlineEndsABroadcastThatNoUpdateTellsOf() {
        nginx.publish(livestream, token(), 1);
        clock.advance(Duration.ofSeconds(60));
        awaitStatus("TOKEN_EXPIRED", "token_expired");
        assertRefused(nginx.update(livestream, token(), 1), "EXPIRED_PUSH_TOKEN");
    }

    @Test
    void endingOrDeletingRefusesTheNextUpdate() {
        nginx.publish(livestream, token(), 1);
        assertThat(server.end(id()).status()).isEqualTo(200);
        assertRefused(nginx.update(livestream, token(), 1), "INVALID_PUSH_TOKEN");
        assertStatus("ENDED", "api_ended");

        String next = generate("");
        nginx.publish(livestream, next, 2);
        assertThat(server.delete("/livestream/" + id()).status()).isEqualTo(200);
        assertRefused(nginx.update(livestream, next, 2), "INVALID_PUSH_TOKEN");
        assertRefused(nginx.publish(livestream, next, 3), "INVALID_PUSH_TOKEN");
    }

    @Test
    void aMediaServerThatFallsSilentLosesItsBroadcasts() {
        livestream = create(3600);
        nginx.publish(livestream, token(), 1);
        clock.advance(Duration.ofSeconds(30));
        nginx.update(livestream, token(), 1);
        clock.advance(Duration.ofSeconds(45).minusMillis(1));
        assertAdmitted(nginx.update(livestream, token(), 1));
        clock.advance(Duration.ofSeconds(45));
        awaitStatus("ENDED", "media_server_lost");
        assertRefused(nginx.update(livestream, token(), 1), "INVALID_PUSH_TOKEN");
        assertAdmitted(nginx.publish(livestream, token(), 2));
        assertStatus("STARTED", "");
    }

    @Test
    void aRestartOfTheServiceDoesNotTouchABroadcastThatGoesOn() {
        livestream = create(3600);
        nginx.publish(livestream, token(), 1);
        server.close();
        clock.advance(Duration.ofMinutes(10));
        server = TestServer.start(folder, clock, Map.of("LUNAR_RECONNECT_WINDOW", "0s"));
        nginx = new NginxHooks(server, "nginx");
        JsonNode swept = create(60);
        nginx.publish(swept, swept.required("pushToken").asText(), 2);
        clock.advance(Duration.ofSeconds(44));
        assertAdmitted(nginx.update(livestream, token(), 1));
        clock.advance(Duration.ofSeconds(44));
        // What the sweeper does to another broadcast shows that it has come by.
        await().atMost(DEADLINE)
                .until(() -> now(swept).required("status").asText().equals("TOKEN_EXPIRED"));
        assertStatus("STARTED", "");
    }

    @ParameterizedTest
    @CsvSource({
        "call=play&clientid=1, 400, call",
        "call=done&clientid=1, 400, call",
        "call=&clientid=1, 400, call",
        "call=publish, 400, clientid",
        "call=publish&clientid=, 422, clientid",
        "call=publish&clientid=%00, 422, clientid",
        "call=publish&clientid=00000000000000000000000000000000000000000000000000000000000000001, 422, clientid",
    })
    void aHookThatIsNotUnderstoodIsRefusedClearly(String fields, int status, String field) {
        Answer answer =
                nginx.post(fields + "&name=" + livestream.required("streamKey").asText() + "&pushToken=" + token());
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json()
                        .required("details")
                        .required(0)
                        .required("field")
                        .asText())
                .isEqualTo(field);
        assertStatus("READY_FOR_USE", "");
    }

    @Test
    void whatAnEncoderWritesBehindItsTokenCannotSpeakForTheMediaServer() {
        nginx.publish(livestream, token(), 1);
        JsonNode own = create(60);
        String forged = own.required("pushToken").asText() + "&call=publish_done&clientid=1&pushToken=" + token()
                + "&name=" + livestream.required("streamKey").asText();
        assertAdmitted(nginx.publish(own, forged, 2));
        assertStatus("STARTED", "");
        assertThat(now(own).required("status").asText()).isEqualTo("STARTED");
    }

    @Test
    void theHooksOfAnotherMediaServerChangeNothing() {
        server.makeMediaServer("other", MediaServer.Kind.NGINX_RTMP);
        NginxHooks other = new NginxHooks(server, "other");
        nginx.publish(livestream, token(), 1);
        assertRefused(other.publish(livestream, token(), 1), "TOKEN_MISMATCH");
        assertRefused(other.update(livestream, token(), 1), "TOKEN_MISMATCH");
        other.done(livestream, token(), 1);
        assertStatus("STARTED", "");
        assertAdmitted(nginx.update(livestream, token(), 1));
    }

    @Test
    void startedLivestreamsCountAsTheLoadOfTheirMediaServer() {
        JsonNode second = create(60);
        nginx.publish(livestream, token(), 1);
        nginx.publish(second, second.required("pushToken").asText(), 2);
        nginx.done(second, second.required("pushToken").asText(), 2);
        JsonNode servers = server.get("/media-servers/available").data();
        assertThat(servers).hasSize(2);
        assertThat(servers.required(0).required("id").asText()).isEqualTo(server.mediaServerId());
        assertThat(servers.required(1).required("id").asText()).isEqualTo(nginxId.toString());
        assertThat(servers.required(1)
                        .required("capacity")
                        .required("activeStreams")
                        .asInt())
                .isEqualTo(1);
    }

    private JsonNode create(int expiresIn) {
        String body = server.createBody("a", ",\"expiresIn\":" + expiresIn);
        return server.post("/livestream", body.replace(server.mediaServerId(), nginxId.toString()))
                .data();
    }

    private String generate(String more) {
        return server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id() + "\"" + more + "}")
                .data()
                .required("pushToken")
                .asText();
    }

    private String id() {
        return livestream.required("id").asText();
    }

    private String token() {
        return livestream.required("pushToken").asText();
    }

    private JsonNode now() {
        return now(livestream);
    }

    private JsonNode now(JsonNode which) {
        return server.get("/livestream/" + which.required("id").asText()).data();
    }

    private void assertStatus(String status, String endReason) {
        assertThat(now().required("status").asText()).isEqualTo(status);
        assertThat(now().required("endReason").asText("")).isEqualTo(endReason);
    }

    private void awaitStatus(String status, String endReason) {
        await().atMost(DEADLINE).until(() -> now().required("status").asText().equals(status));
        assertStatus(status, endReason);
    }

    private static void assertAdmitted(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().required("code").asInt()).isZero();
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().required("error").asText()).isEqualTo(error);
    }
}
