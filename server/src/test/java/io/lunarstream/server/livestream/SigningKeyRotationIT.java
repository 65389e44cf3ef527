package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.lunarstream.flv.FlvTag;
import io.lunarstream.rtmp.session.ClientEvent;
import io.lunarstream.server.Answer;
import io.lunarstream.server.Clip;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.ingest.RtmpEncoder;
import io.lunarstream.server.mediaserver.MediaServer;
import io.lunarstream.server.pushtoken.SigningKeys.Rotated;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

/// What a new signing key means for tokens, publishers and those who verify. Partner API, section 4.
class SigningKeyRotationIT {
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);
    private static final String KEY_FILE = "signing-keys.json";

    private final Path folder;
    private final MutableClock clock = new MutableClock();
    private TestServer server;

    SigningKeyRotationIT(@TempDir Path folder) {
        this.folder = folder;
        server = TestServer.start(folder, clock, Map.of());
        server.makeMediaServer("srs", MediaServer.Kind.SRS);
        server.makeMediaServer("nginx", MediaServer.Kind.NGINX_RTMP);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aGentleRotationKeepsOlderTokensGoodAndSignsWithANewKey() throws Exception {
        JsonNode older = create("srs");
        String oldKey = keyOf(older);
        Rotated rotated = server.rotateSigningKey(/* retireNow= */ false);
        assertThat(rotated.retired()).isEmpty();
        JsonNode newer = create("srs");
        assertThat(keyOf(newer)).isEqualTo(rotated.keyId()).isNotEqualTo(oldKey);
        assertThat(published()).containsExactly(rotated.keyId(), oldKey);
        assertThat(verdict("srs", older)).isEqualTo("ADMITTED");
        assertThat(verdict("srs", newer)).isEqualTo("ADMITTED");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(KEY_FILE))))
                .isEqualTo("rw-------");
    }

    @Test
    void aRetiredKeyIsDroppedWithItsLastTokenAlsoAfterARestart() throws Exception {
        JsonNode older = create("srs");
        server.rotateSigningKey(/* retireNow= */ false);
        clock.advance(TOKEN_LIFE.minusSeconds(1));
        restart();
        String newKey = keyOf(create("srs"));
        assertThat(verdict("srs", older)).isEqualTo("ADMITTED");
        assertThat(published()).hasSize(2);
        clock.advance(Duration.ofSeconds(1));
        await().untilAsserted(() -> assertThat(published()).containsExactly(newKey));
        assertThat(verdict("srs", older)).isEqualTo("INVALID_PUSH_TOKEN");
        assertThat(Files.readString(folder.resolve(KEY_FILE))).doesNotContain(keyOf(older));
    }

    @Test
    void aRetiredKeyThatNoTokenNeedsIsKeptForAMinuteBecauseOneMayJustBeStored() {
        server.rotateSigningKey(/* retireNow= */ false);
        server.rotateSigningKey(/* retireNow= */ false);
        clock.advance(Duration.ofSeconds(59));
        assertThat(published()).hasSize(3);
        clock.advance(Duration.ofSeconds(1));
        await().untilAsserted(() -> assertThat(published()).hasSize(1));
    }

    @Test
    void retiringAtOnceRefusesAllTokensSoFarOfEveryForm() throws Exception {
        JsonNode signed = create("srs");
        JsonNode opaque = create("nginx");
        String oldKey = keyOf(signed);
        assertThat(streamInfo(signed)).isEqualTo("READY_FOR_USE");
        Rotated rotated = server.rotateSigningKey(/* retireNow= */ true);
        assertThat(rotated.retired()).containsExactly(oldKey);
        assertThat(published()).containsExactly(rotated.keyId());
        assertThat(verdict("srs", signed)).isEqualTo("INVALID_PUSH_TOKEN");
        assertThat(verdict("nginx", opaque)).isEqualTo("INVALID_PUSH_TOKEN");
        Map.of("srs", signed, "nginx", opaque).forEach((mediaServer, livestream) -> {
            assertThat(status(livestream)).isEqualTo("TOKEN_EXPIRED");
            assertThat(streamInfo(livestream)).isEqualTo("TOKEN_EXPIRED");
            JsonNode renewed = generate(livestream);
            assertThat(status(livestream)).isEqualTo("READY_FOR_USE");
            assertThat(verdict(mediaServer, renewed)).isEqualTo("ADMITTED");
        });
    }

    @Test
    void retiringAtOnceCutsPublishersAndAGentleRotationDoesNot() throws IOException {
        JsonNode livestream = server.create("live", ",\"expiresIn\":300");
        List<FlvTag> clip = Clip.tags();
        try (RtmpEncoder encoder = new RtmpEncoder(
                server.rtmpPort(),
                livestream.required("streamKey").asText(),
                livestream.required("pushToken").asText())) {
            assertThat(encoder.ask()).isInstanceOf(ClientEvent.PublishAccepted.class);
            encoder.send(clip.subList(0, clip.size() / 10));
            await().until(() -> status(livestream).equals("STARTED"));
            server.rotateSigningKey(/* retireNow= */ false);
            assertThat(status(livestream)).isEqualTo("STARTED");
            server.rotateSigningKey(/* retireNow= */ true);
            assertThat(status(livestream)).isEqualTo("ENDED");
            assertThat(server.get("/livestream/" + id(livestream))
                            .data()
                            .required("endReason")
                            .asText())
                    .isEqualTo("token_revoked");
            assertThat(encoder.refusal()).contains("INVALID_PUSH_TOKEN");
            assertThat(encoder.isClosed()).isTrue();
        }
    }

    @Test
    void retiringAtOnceEndsBroadcastsOnNginx() {
        JsonNode livestream = create("nginx");
        assertThat(hook("publish", livestream).status()).isEqualTo(200);
        assertThat(status(livestream)).isEqualTo("STARTED");
        server.rotateSigningKey(/* retireNow= */ true);
        assertThat(status(livestream)).isEqualTo("ENDED");
        assertThat(hook("update_publish", livestream).status()).isEqualTo(403);
    }

    @Test
    void whatIsLeftOfAWriteThatWasCutOffDoesNoHarm() throws Exception {
        JsonNode older = create("srs");
        Files.writeString(folder.resolve(KEY_FILE + ".new"), "{\"keys\":[");
        restart();
        Rotated rotated = server.rotateSigningKey(/* retireNow= */ false);
        assertThat(verdict("srs", older)).isEqualTo("ADMITTED");
        assertThat(keyOf(create("srs"))).isEqualTo(rotated.keyId());
    }

    @Test
    void tokensThatAreMadeDuringRotationsAreAllGood() throws Exception {
        List<Future<JsonNode>> made = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 40; i++) {
                made.add(threads.submit(() -> create("srs")));
                if (i % 10 == 5) {
                    server.rotateSigningKey(/* retireNow= */ false);
                }
            }
        }
        for (Future<JsonNode> livestream : made) {
            assertThat(verdict("srs", livestream.get())).isEqualTo("ADMITTED");
        }
        assertThat(published()).hasSize(5);
    }

    @Test
    void theAuditLogTellsOfARotation() {
        server.rotateSigningKey(/* retireNow= */ false);
        JsonNode entries =
                server.adminGet("/admin/audit?action=signing_key.rotate").data();
        assertThat(entries).hasSize(1);
    }

    private void restart() {
        server.close();
        server = TestServer.start(folder, clock, Map.of());
    }

    private JsonNode create(String mediaServer) {
        String id = server.adminGet("/admin/media-servers")
                .data()
                .valueStream()
                .filter(one -> one.required("name").asText().equals(mediaServer))
                .findFirst()
                .orElseThrow()
                .required("id")
                .asText();
        String body = server.createBody("a", ",\"expiresIn\":" + TOKEN_LIFE.toSeconds());
        return server.post("/livestream", body.replace(server.mediaServerId(), id))
                .data();
    }

    private JsonNode generate(JsonNode livestream) {
        return server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id(livestream) + "\"}")
                .data();
    }

    private String verdict(String mediaServer, JsonNode tokenAndKey) {
        Answer answer = form(
                mediaServer,
                "name=" + tokenAndKey.required("streamKey").asText() + "&pushToken="
                        + tokenAndKey.required("pushToken").asText());
        return answer.json().path("error").asText("ADMITTED");
    }

    private Answer hook(String call, JsonNode livestream) {
        return form(
                "nginx",
                "call=" + call + "&clientid=1&name="
                        + livestream.required("streamKey").asText() + "&pushToken="
                        + livestream.required("pushToken").asText());
    }

    private Answer form(String mediaServer, String form) {
        return server.send(server.request("/push-auth?secret=secret-of-" + mediaServer)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private List<String> published() {
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

    private String status(JsonNode livestream) {
        return server.get("/livestream/" + id(livestream))
                .data()
                .required("status")
                .asText();
    }

    private String streamInfo(JsonNode livestream) {
        String streamKey = livestream.required("streamKey").asText();
        return server.send(server.request("/livestreams/stream-info/" + streamKey))
                .data()
                .required("status")
                .asText();
    }

    private static String id(JsonNode livestream) {
        return livestream.required("id").asText();
    }
}
