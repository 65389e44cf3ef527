package io.lunarstream.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.lunarstream.server.Answer;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.mediaserver.MediaServer;
import io.lunarstream.server.pushtoken.SigningKeys.Rotated;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys that sign push tokens and all nodes share: what one node does to them, seen from the other.
class SigningKeysOfNodesIT {
    /// Promised for what is published and what signs.
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

    private final Nodes nodes;
    private final TestServer first;
    private final TestServer second;
    private final String srs;

    SigningKeysOfNodesIT(@TempDir Path folder) throws IOException {
        nodes = Nodes.start(2, folder, Map.of());
        first = nodes.get(0);
        second = nodes.get(1);
        srs = first.makeMediaServer("srs", MediaServer.Kind.SRS).toString();
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void nodesThatWereGivenNothingButTheKeyActAsOne() {
        assertThat(published(second)).isEqualTo(published(first)).hasSize(1);
        assertThat(second.send(second.request("/admin/projects")
                                .header("authorization", "Bearer " + first.accessToken()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTokenOfANewKeyIsGoodOnTheOtherNodeAtOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            Rotated rotated = first.rotateSigningKey(/* retireNow= */ false);
            JsonNode livestream = create(first);
            assertThat(keyOf(livestream)).isEqualTo(rotated.keyId());
            assertThat(verdict(second, livestream)).isEqualTo("ADMITTED");
        }
    }

    @Test
    void theOtherNodePublishesANewKeyAndSignsWithItSoon() throws Exception {
        JsonNode older = create(second);
        Rotated rotated = first.rotateSigningKey(/* retireNow= */ false);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(published(second)).containsExactly(rotated.keyId(), keyOf(older)));
        assertThat(keyOf(create(second))).isEqualTo(rotated.keyId());
        assertThat(verdict(second, older)).isEqualTo("ADMITTED");
    }

    @Test
    void aKeyThatIsRetiredAtOnceIsRefusedOnTheOtherNodeAtOnceAndGoneSoon() throws Exception {
        JsonNode older = create(second);
        Rotated rotated = first.rotateSigningKey(/* retireNow= */ true);
        assertThat(rotated.retired()).containsExactly(keyOf(older));
        assertThat(verdict(second, older)).isEqualTo("INVALID_PUSH_TOKEN");
        await().atMost(SOON).untilAsserted(() -> assertThat(published(second)).containsExactly(rotated.keyId()));
    }

    @Test
    void rotationsOfBothNodesAtTheSameMomentAreAllKept() throws Exception {
        List<String> all = new ArrayList<>(published(first));
        try (ExecutorService operators = Executors.newFixedThreadPool(2)) {
            List<Future<String>> made = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                TestServer node = nodes.get(i % 2);
                made.add(operators.submit(
                        () -> node.rotateSigningKey(/* retireNow= */ false).keyId()));
            }
            for (Future<String> one : made) {
                all.add(one.get());
            }
        }
        nodes.all()
                .forEach(node -> await().atMost(SOON)
                        .untilAsserted(() -> assertThat(published(node)).containsExactlyInAnyOrderElementsOf(all)));
    }

    @Test
    void bothNodesDropAKeyThatNoTokenNeeds() {
        create(first);
        Rotated rotated = second.rotateSigningKey(/* retireNow= */ false);
        nodes.clock().advance(TOKEN_LIFE);
        nodes.all()
                .forEach(node -> await().atMost(SOON)
                        .untilAsserted(() -> assertThat(published(node)).containsExactly(rotated.keyId())));
    }

    @Test
    void nodesAreGivenANewerEncryptionKeyOneAfterTheOther() throws Exception {
        JsonNode older = create(second);
        Map<String, String> newer = Map.of(
                "LUNAR_SECRETS_KEY",
                "dGhlLW5ldy1vbmUtdGhlLW5ldy1vbmUtdGhlLW5ldy0=",
                "LUNAR_SECRETS_PREVIOUS_KEYS",
                Nodes.KEY);
        TestServer firstAgain = nodes.restart(0, newer);
        assertThat(verdict(firstAgain, older)).isEqualTo("ADMITTED");
        assertThat(verdict(firstAgain, create(second))).isEqualTo("ADMITTED");
        Answer refused = second.adminPost("/admin/signing-keys/rotate", "{}");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(published(firstAgain)).containsExactly(keyOf(older));
        TestServer secondAgain = nodes.restart(1, newer);
        assertThat(verdict(secondAgain, older)).isEqualTo("ADMITTED");
        Rotated rotated = secondAgain.rotateSigningKey(/* retireNow= */ false);
        assertThat(published(secondAgain)).containsExactly(rotated.keyId(), keyOf(older));
    }

    private JsonNode create(TestServer server) {
        String body = first.createBody("a", ",\"expiresIn\":" + TOKEN_LIFE.toSeconds());
        return server.post("/livestream", body.replace(first.mediaServerId(), srs))
                .data();
    }

    /// What a media server is told of a livestream's token.
    private static String verdict(TestServer server, JsonNode livestream) {
        String form = "name=" + livestream.required("streamKey").asText() + "&pushToken="
                + livestream.required("pushToken").asText();
        Answer answer = server.send(server.request("/push-auth?secret=secret-of-srs")
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        return answer.json().path("error").asText("ADMITTED");
    }

    private static List<String> published(TestServer server) {
        return server.send(server.request("//.well-known/jwks.json"))
                .json()
                .required("keys")
                .valueStream()
                .map(key -> key.required("kid").asText())
                .toList();
    }

    private static String keyOf(JsonNode livestream) throws ParseException {
        return SignedJWT.parse(livestream.required("pushToken").asText())
                .getHeader()
                .getKeyID();
    }
}
