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

/// What becomes of a broadcast on SRS, as its hooks tell. Partner API, sections 5 and 8.
class SrsHooksIT {
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final MutableClock clock = new MutableClock();
    private final TestServer server;
    private final ForeignLivestream livestream;

    SrsHooksIT(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
        livestream = ForeignLivestream.create(server, MediaServer.Kind.SRS, LIFETIME);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void publishSegmentsAndUnpublishAreABroadcastThatCanComeAgain() {
        for (String clientId : List.of("25f39857", "0875w04w")) {
            SrsHooks connection = connection(clientId);
            assertAdmitted(connection.publish());
            livestream.assertStatus("STARTED", "");
            assertAdmitted(connection.hls());
            livestream.assertStatus("STARTED", "");
            assertAdmitted(connection.unpublish());
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
        livestream.assertStatus("TOKEN_EXPIRED", "");
    }

    @Test
    void onlyTheSecretOfTheLivestreamsOwnMediaServerSpeaksForIt() {
        SrsHooks own = connection("1");
        own.publish();
        server.makeMediaServer("zlmediakit", MediaServer.Kind.ZLMEDIAKIT);
        SrsHooks other = new SrsHooks(livestream.toldWith("secret-of-zlmediakit"), "1", livestream.token());
        assertRefused(other.publish(), "TOKEN_MISMATCH", "Push token does not match stream");
        assertAdmitted(other.unpublish());
        SrsHooks stranger = new SrsHooks(livestream.toldWith("wrong"), "1", livestream.token());
        for (Answer answer : List.of(stranger.publish(), stranger.hls(), stranger.unpublish())) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json().required("code").asText()).isEqualTo("INVALID_MEDIA_SERVER_SECRET");
        }
        livestream.assertStatus("STARTED", "");
    }

    @Test
    void whatIsToldTwiceCountsOnce() {
        SrsHooks connection = connection("1");
        assertAdmitted(connection.publish());
        assertAdmitted(connection.publish());
        livestream.assertStatus("STARTED", "");
        assertAdmitted(connection.unpublish());
        assertAdmitted(connection.unpublish());
        livestream.assertStatus("ENDED", "client_stopped");
    }

    @Test
    void whatIsToldOfConnectionsThatWereNotLetInChangesNothing() {
        assertAdmitted(connection("1").hls());
        assertAdmitted(connection("1").unpublish());
        livestream.assertStatus("READY_FOR_USE", "");
        connection("2").publish();
        assertAdmitted(connection("1").unpublish());
        livestream.assertStatus("STARTED", "");
    }

    @Test
    void segmentsKeepABroadcastAndSilenceEndsIt() {
        SrsHooks connection = connection("1");
        connection.publish();
        for (int segment = 0; segment < 3; segment++) {
            clock.advance(Duration.ofSeconds(44));
            connection.hls();
        }
        livestream.assertStatus("STARTED", "");
        clock.advance(Duration.ofSeconds(45));
        livestream.awaitStatus("ENDED", "media_server_lost");
    }

    @Test
    void theDeadlineEndsABroadcastThatSrsGoesOnSending() {
        SrsHooks connection = connection("1");
        connection.publish();
        clock.advance(LIFETIME);
        assertAdmitted(connection.hls());
        livestream.assertStatus("TOKEN_EXPIRED", "token_expired");
        assertAdmitted(connection.unpublish());
        livestream.assertStatus("TOKEN_EXPIRED", "token_expired");
    }

    @Test
    void aNewTokenMovesTheDeadlineOfARunningPublisher() {
        SrsHooks connection = connection("1");
        connection.publish();
        livestream.generate(",\"expiresIn\":3600");
        clock.advance(LIFETIME.minusSeconds(1));
        connection.hls();
        clock.advance(Duration.ofSeconds(1));
        assertAdmitted(connection.hls());
        livestream.assertStatus("STARTED", "");
    }

    @Test
    void aRevokedPublisherThatSrsHasNotCutDoesNotTouchTheNextBroadcast() {
        SrsHooks revoked = connection("1");
        revoked.publish();
        SrsHooks next = connection("2", livestream.generate(",\"revokePrevious\":true"));
        livestream.assertStatus("READY_FOR_USE", "token_revoked");
        assertAdmitted(revoked.hls());
        livestream.assertStatus("READY_FOR_USE", "token_revoked");
        assertRefused(revoked.publish(), "INVALID_PUSH_TOKEN", "Invalid push token");
        assertAdmitted(next.publish());
        assertAdmitted(revoked.unpublish());
        livestream.assertStatus("STARTED", "");
        assertAdmitted(next.unpublish());
        livestream.assertStatus("ENDED", "client_stopped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"on_play", "on_connect", "publish", ""})
    void anActionThatIsNotFollowedIsAMereQuestion(String action) {
        assertAdmitted(connection("1").hook(action, ""));
        livestream.assertStatus("READY_FOR_USE", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\u0000", "00000000000000000000000000000000000000000000000000000000000000001"})
    void aConnectionWithAnUnusableNameIsRefusedClearly(String clientId) {
        assertUnusable(connection(clientId).publish(), "client_id");
        livestream.assertStatus("READY_FOR_USE", "");
    }

    private SrsHooks connection(String clientId) {
        return connection(clientId, livestream.token());
    }

    private SrsHooks connection(String clientId, String token) {
        return new SrsHooks(livestream, clientId, token);
    }
}
