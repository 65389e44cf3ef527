package io.lunarstream.server.pushauth;

import static io.lunarstream.server.pushauth.ForeignLivestream.assertAdmitted;
import static io.lunarstream.server.pushauth.ForeignLivestream.assertRefused;
import static io.lunarstream.server.pushauth.ForeignLivestream.assertUnusable;
import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.mediaserver.MediaServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a broadcast on ZLMediaKit, as its hooks tell. Partner API, sections 5 and 8.
class ZlmediakitHooksIT {
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final MutableClock clock = new MutableClock();
    private final TestServer server;
    private final ForeignLivestream livestream;

    ZlmediakitHooksIT(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
        livestream = ForeignLivestream.create(server, MediaServer.Kind.ZLMEDIAKIT, LIFETIME);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void publishSegmentsAndAFlowReportAreABroadcastThatCanComeAgain() {
        for (String clientId : List.of("1-14", "5-16")) {
            ZlmediakitHooks connection = connection(clientId);
            assertAdmitted(connection.publish());
            livestream.assertStatus("STARTED", "");
            assertAdmitted(connection.recordTs());
            livestream.assertStatus("STARTED", "");
            assertAdmitted(connection.flowReport(/* isPlayer= */ false));
            livestream.assertStatus("ENDED", "client_stopped");
            assertAdmitted(connection.recordTs());
            livestream.assertStatus("ENDED", "client_stopped");
        }
    }

    @Test
    void aPublisherIsRefusedInItsOwnWordsAndStartsNothing() {
        assertRefused(connection("1", "").publish(), "INVALID_PUSH_TOKEN", "Invalid push token");
        assertRefused(connection("1", "x").publish(), "INVALID_PUSH_TOKEN", "Invalid push token");
        String another = server.post("/livestream", server.createBody("b", ""))
                .data()
                .required("pushToken")
                .asText();
        assertRefused(connection("1", another).publish(), "TOKEN_MISMATCH", "Push token does not match stream");
        livestream.assertStatus("READY_FOR_USE", "");
        clock.advance(LIFETIME);
        assertRefused(connection("1").publish(), "EXPIRED_PUSH_TOKEN", "Push token has expired");
    }

    @Test
    void onlyTheSecretOfTheLivestreamsOwnMediaServerSpeaksForIt() {
        connection("1").publish();
        server.makeMediaServer("srs", MediaServer.Kind.SRS);
        ZlmediakitHooks other = new ZlmediakitHooks(livestream.toldWith("secret-of-srs"), "1", livestream.token());
        assertRefused(other.publish(), "TOKEN_MISMATCH", "Push token does not match stream");
        assertAdmitted(other.flowReport(/* isPlayer= */ false));
        ZlmediakitHooks stranger = new ZlmediakitHooks(livestream.toldWith("wrong"), "1", livestream.token());
        for (Answer answer : List.of(stranger.publish(), stranger.recordTs(), stranger.flowReport(false))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json().required("code").asText()).isEqualTo("INVALID_MEDIA_SERVER_SECRET");
        }
        livestream.assertStatus("STARTED", "");
        for (int segment = 0; segment < 2; segment++) {
            clock.advance(Duration.ofSeconds(23));
            assertAdmitted(other.recordTs());
        }
        livestream.awaitStatus("ENDED", "media_server_lost");
    }

    @Test
    void theReportOfASecondEncoderThatWasTurnedAwayDoesNotEndTheFirstOnesBroadcast() {
        connection("1").publish();
        assertAdmitted(connection("2").publish());
        assertAdmitted(connection("2").flowReport(/* isPlayer= */ true));
        livestream.assertStatus("STARTED", "");
        assertAdmitted(connection("1").flowReport(/* isPlayer= */ false));
        assertAdmitted(connection("1").flowReport(/* isPlayer= */ false));
        livestream.assertStatus("ENDED", "client_stopped");
    }

    @Test
    void segmentsKeepABroadcastAndSilenceEndsIt() {
        ZlmediakitHooks connection = connection("1");
        connection.publish();
        for (int segment = 0; segment < 3; segment++) {
            clock.advance(Duration.ofSeconds(44));
            connection.recordTs();
        }
        livestream.assertStatus("STARTED", "");
        clock.advance(Duration.ofSeconds(45));
        livestream.awaitStatus("ENDED", "media_server_lost");
    }

    @Test
    void theDeadlineEndsABroadcastThatZlmediakitGoesOnSending() {
        ZlmediakitHooks connection = connection("1");
        connection.publish();
        clock.advance(LIFETIME);
        assertAdmitted(connection.recordTs());
        livestream.awaitStatus("TOKEN_EXPIRED", "token_expired");
    }

    @Test
    void aRevokedPublisherThatZlmediakitHasNotCutDoesNotTouchTheNextBroadcast() {
        ZlmediakitHooks revoked = connection("1");
        revoked.publish();
        ZlmediakitHooks next = connection("2", livestream.generate(",\"revokePrevious\":true"));
        livestream.assertStatus("READY_FOR_USE", "token_revoked");
        assertAdmitted(revoked.recordTs());
        livestream.assertStatus("READY_FOR_USE", "token_revoked");
        assertAdmitted(next.publish());
        assertAdmitted(revoked.flowReport(/* isPlayer= */ false));
        livestream.assertStatus("STARTED", "");
        assertAdmitted(next.flowReport(/* isPlayer= */ false));
        livestream.assertStatus("ENDED", "client_stopped");
    }

    @Test
    void hooksOfViewersAndOfTheServerItselfAreNoPublishers() {
        assertRefused(connection("7", "").viewer(), "INVALID_PUSH_TOKEN", "Invalid push token");
        assertAdmitted(connection("7").viewer());
        assertAdmitted(connection("7", "").flowReport(/* isPlayer= */ true));
        Answer keepAlive = livestream.post("/push-auth", "{\"mediaServerId\":\"lunar\",\"data\":{\"Socket\":4}}");
        assertRefused(keepAlive, "INVALID_PUSH_TOKEN", "Invalid push token");
        livestream.assertStatus("READY_FOR_USE", "");
    }

    @Test
    void aViewerWaitsOnlyForAStreamThatMayCome() {
        assertThat(mustClose(livestream.streamKey())).isFalse();
        connection("1").publish();
        assertThat(mustClose(livestream.streamKey())).isFalse();
        connection("1").flowReport(/* isPlayer= */ false);
        assertThat(mustClose(livestream.streamKey())).isTrue();
        assertThat(mustClose("0".repeat(32))).isTrue();
        assertThat(mustClose("../\\u0000")).isTrue();
        assertThat(livestream
                        .toldWith("wrong")
                        .post("/push-auth/stream-not-found", "{}")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\u0000", "00000000000000000000000000000000000000000000000000000000000000001"})
    void aConnectionWithAnUnusableNameIsRefusedClearly(String clientId) {
        assertUnusable(connection(clientId).publish(), "id");
        livestream.assertStatus("READY_FOR_USE", "");
    }

    @Test
    void aSegmentOfAStreamWithAnUnusableNameIsRefusedClearly() {
        String segment = "{\"mediaServerId\":\"lunar\",\"time_len\":2.0,\"stream\":\"\\u0000\"}";
        assertUnusable(livestream.post("/push-auth", segment), "stream");
    }

    private boolean mustClose(String streamKey) {
        String body =
                "{\"app\":\"live\",\"id\":\"7-13\",\"mediaServerId\":\"lunar\",\"params\":\"\",\"schema\":\"hls\","
                        + "\"stream\":\"" + streamKey + "\"}";
        Answer answer = livestream.post("/push-auth/stream-not-found", body);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().required("code").asInt()).isZero();
        return answer.json().required("close").asBoolean();
    }

    private ZlmediakitHooks connection(String clientId) {
        return connection(clientId, livestream.token());
    }

    private ZlmediakitHooks connection(String clientId, String token) {
        return new ZlmediakitHooks(livestream, clientId, token);
    }
}
