package io.lunarstream.server.pushauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.config.ConfigException;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.mediaserver.MediaServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Push tokens for media servers that cut long stream names. Partner API, sections 4 and 8.
class OpaqueTokensIT {
    /// What nginx-rtmp keeps of a publish name, with its parameters.
    private static final int NGINX_NAME_BYTES = 255;

    private static final String KEY_FILE = "opaque-token-key";

    private final MutableClock clock = new MutableClock();
    private final Path folder;
    private TestServer server;
    private UUID nginxId;
    private JsonNode livestream;

    OpaqueTokensIT(@TempDir Path folder) {
        this.folder = folder;
        server = TestServer.start(folder, clock, Map.of());
        nginxId = server.makeMediaServer("nginx", MediaServer.Kind.NGINX_RTMP);
    }

    @BeforeEach
    void create() {
        livestream = server.post("/livestream", createBody("")).data();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void createAndGenerateGiveAShortTokenThatIsGoodForPublishing() {
        String renewed = generate("");
        for (String token : new String[] {token(), renewed}) {
            assertThat(token).matches("[A-Za-z0-9_-]{48}");
            assertThat(verdict("nginx", streamKey(), token)).isEqualTo("ADMITTED");
        }
        assertThat(renewed).isNotEqualTo(token());
        String address = livestream.required("streamKeyWithToken").asText();
        assertThat(address).isEqualTo(streamKey() + "?pushToken=" + token());
        assertThat(address.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(NGINX_NAME_BYTES);
    }

    @Test
    void otherKindsOfMediaServersGetASignedToken() {
        for (MediaServer.Kind kind : MediaServer.Kind.values()) {
            UUID id = server.makeMediaServer("another-" + kind.apiName(), kind);
            String body = createBody("").replace(nginxId.toString(), id.toString());
            String token = server.post("/livestream", body)
                    .data()
                    .required("pushToken")
                    .asText();
            assertThat(token.length() == 48).as(kind.apiName()).isEqualTo(kind == MediaServer.Kind.NGINX_RTMP);
            assertThat(token.chars().filter(dot -> dot == '.').count() == 2)
                    .as(kind.apiName())
                    .isEqualTo(kind != MediaServer.Kind.NGINX_RTMP);
        }
    }

    @Test
    void theDatabaseHoldsNoTokenAndTheKeyIsItsOwnersAlone() throws IOException {
        try (Database database = server.database()) {
            List<Map<String, Object>> rows = database.read(handle ->
                    handle.createQuery("select * from push_token").mapToMap().list());
            assertThat(rows).hasSize(1);
            assertThat(rows.toString()).doesNotContain(token()).contains("kid=null");
        }
        Path key = folder.resolve(KEY_FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    @Test
    void aRepeatedRequestIsAnsweredWithTheSameTokenEvenAfterARestart() {
        String body = createBody(",\"externalId\":\"once\"");
        Answer first = create(body);
        Answer second = create(body);
        server.close();
        clock.advance(Duration.ofSeconds(30));
        server = TestServer.start(folder, clock, Map.of());
        Answer third = create(body);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(third.data().required("pushToken")).isEqualTo(first.data().required("pushToken"));
        assertThat(verdict(
                        "nginx",
                        third.data().required("streamKey").asText(),
                        third.data().required("pushToken").asText()))
                .isEqualTo("ADMITTED");
    }

    @Test
    void theChecksAndTheirOrderAreThoseOfSignedTokens() {
        server.makeMediaServer("other", MediaServer.Kind.NGINX_RTMP);
        String good = token();
        assertThat(verdict("nginx", streamKey(), "")).isEqualTo("INVALID_PUSH_TOKEN");
        assertThat(verdict("nginx", streamKey(), "A".repeat(48))).isEqualTo("INVALID_PUSH_TOKEN");
        assertThat(verdict("nginx", streamKey(), good + "A")).isEqualTo("INVALID_PUSH_TOKEN");
        assertThat(verdict("nginx", streamKey(), good.substring(1))).isEqualTo("INVALID_PUSH_TOKEN");
        assertThat(verdict("nginx", "another", good)).isEqualTo("TOKEN_MISMATCH");
        assertThat(verdict("other", streamKey(), good)).isEqualTo("TOKEN_MISMATCH");
        clock.advance(Duration.ofMinutes(1));
        assertThat(verdict("nginx", "another", good)).isEqualTo("EXPIRED_PUSH_TOKEN");
        generate(",\"revokePrevious\":true");
        assertThat(verdict("nginx", "another", good)).isEqualTo("INVALID_PUSH_TOKEN");
    }

    @Test
    void aDeletedLivestreamsTokenIsInvalid() {
        server.delete("/livestream/" + id());
        assertThat(verdict("nginx", streamKey(), token())).isEqualTo("INVALID_PUSH_TOKEN");
    }

    @Test
    void aMoveBetweenKindsMakesOlderTokensMismatchAndNewerOnesOfTheOtherForm() {
        server.makeMediaServer("srs", MediaServer.Kind.SRS);
        UUID srs = server.makeMediaServer("srs-2", MediaServer.Kind.SRS);
        String opaque = token();
        server.patch("/livestream/" + id(), "{\"mediaServerId\":\"" + srs + "\"}");
        assertThat(verdict("srs-2", streamKey(), opaque)).isEqualTo("TOKEN_MISMATCH");
        assertThat(verdict("nginx", streamKey(), opaque)).isEqualTo("TOKEN_MISMATCH");
        String signed = generate("");
        assertThat(signed).contains(".");
        assertThat(verdict("srs-2", streamKey(), signed)).isEqualTo("ADMITTED");
        server.patch("/livestream/" + id(), "{\"mediaServerId\":\"" + nginxId + "\"}");
        assertThat(verdict("nginx", streamKey(), signed)).isEqualTo("TOKEN_MISMATCH");
        assertThat(verdict("nginx", streamKey(), generate(""))).isEqualTo("ADMITTED");
        assertThat(verdict("nginx", streamKey(), opaque)).isEqualTo("ADMITTED");
    }

    @Test
    void aDamagedKeyStopsTheStartAndANewOneLeavesTokensValid() throws IOException {
        server.close();
        Path key = folder.resolve(KEY_FILE);
        Files.write(key, new byte[5]);
        assertThatThrownBy(() -> TestServer.start(folder, clock, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(KEY_FILE);
        Files.delete(key);
        server = TestServer.start(folder, clock, Map.of());
        assertThat(verdict("nginx", streamKey(), token())).isEqualTo("ADMITTED");
        assertThat(verdict("nginx", streamKey(), generate(""))).isEqualTo("ADMITTED");
    }

    private String createBody(String more) {
        return server.createBody("a", ",\"expiresIn\":60" + more).replace(server.mediaServerId(), nginxId.toString());
    }

    private Answer create(String body) {
        return server.send(server.json("/livestream", server.apiKey(), body).header("Idempotency-Key", "the same"));
    }

    private String generate(String more) {
        return server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id() + "\"" + more + "}")
                .data()
                .required("pushToken")
                .asText();
    }

    /// What a media server is told that asks and does not tell more; `ADMITTED` or the error.
    private String verdict(String mediaServer, String streamKey, String token) {
        Answer answer = new NginxHooks(server, mediaServer).post("name=" + streamKey + "&pushToken=" + token);
        assertThat(answer.status()).isEqualTo(answer.json().has("error") ? 403 : 200);
        return answer.json().path("error").asText("ADMITTED");
    }

    private String id() {
        return livestream.required("id").asText();
    }

    private String streamKey() {
        return livestream.required("streamKey").asText();
    }

    private String token() {
        return livestream.required("pushToken").asText();
    }
}
