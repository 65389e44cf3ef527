package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `POST /admin/signing-keys/rotate`. Partner API, sections 4 and 9.
class AdminSigningKeysIT {
    private static final String ROTATE = "/admin/signing-keys/rotate";

    private final TestServer server;
    private final JsonNode mediaServer;

    AdminSigningKeysIT(@TempDir Path folder) {
        server = TestServer.start(folder, new MutableClock(), Map.of());
        mediaServer = server.adminPost("/admin/media-servers", """
                        {"name":"srs","region":"r","kind":"srs","rtmpServer":"rtmp://a.example/live",
                         "hlsBaseUrl":"http://a.example/hls","maxStreams":5}""").data();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"retireNow\":false}", "{\"retireNow\":null}"})
    void newTokensAreSignedWithANewKeyAndOlderOnesStayGood(String body) {
        JsonNode before = create();
        Answer answer = server.adminPost(ROTATE, body);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data().required("retired")).isEmpty();
        String keyId = answer.data().required("keyId").asText();
        JsonNode after = create();
        assertThat(keyOf(after)).isEqualTo(keyId).isNotEqualTo(keyOf(before));
        assertThat(publicKeys()).containsExactly(keyId, keyOf(before));
        assertThat(verdict(before)).isZero();
        assertThat(verdict(after)).isZero();
    }

    @Test
    void afterATheftOlderTokensAreRefusedAtOnce() {
        JsonNode before = create();
        Answer answer = server.adminPost(ROTATE, "{\"retireNow\":true}");
        assertThat(answer.status()).isEqualTo(200);
        String keyId = answer.data().required("keyId").asText();
        assertThat(answer.data().required("retired"))
                .extracting(JsonNode::asText)
                .containsExactly(keyOf(before));
        assertThat(publicKeys()).containsExactly(keyId);
        assertThat(verdict(before)).isEqualTo(-1);
        assertThat(verdict(create())).isZero();
    }

    @Test
    void noBodyNeedsNoContentType() {
        assertThat(server.send(server.admin(ROTATE).POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                     | 400 | MALFORMED_JSON    | Request body is not valid JSON",
                "[]                    | 400 | VALIDATION_FAILED | body must be an object",
                "{\"retireNow\":\"yes\"} | 400 | VALIDATION_FAILED | Validation failed",
                "{\"retireNow\":1}     | 400 | VALIDATION_FAILED | Validation failed",
                "{\"retirenow\":true}  | 400 | VALIDATION_FAILED | Validation failed",
            })
    void aMistakeRotatesNothing(String body, int status, String code, String message) {
        List<String> keys = publicKeys();
        Answer answer = server.adminPost(ROTATE, body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().required("code").asText()).isEqualTo(code);
        assertThat(answer.json().required("message").asText()).isEqualTo(message);
        assertThat(publicKeys()).isEqualTo(keys);
    }

    @Test
    void aBodyMustBeDeclaredAsJson() {
        Answer answer = server.send(server.admin(ROTATE).POST(BodyPublishers.ofString("{}")));
        assertThat(answer.status()).isEqualTo(415);
        assertThat(publicKeys()).hasSize(1);
    }

    @Test
    void aRotationIsInTheAuditLog() {
        server.adminPost(ROTATE, "");
        JsonNode entry =
                server.adminGet("/admin/audit?action=signing_key.rotate").data().get(0);
        assertThat(entry.at("/actor/name").asText()).isEqualTo(server.adminEmail());
        assertThat(entry.required("resource")).hasToString("{\"type\":\"signing_key\",\"id\":null}");
    }

    private JsonNode create() {
        return server.post(
                        "/livestream",
                        server.createBody("a", "")
                                .replace(
                                        server.mediaServerId(),
                                        mediaServer.required("id").asText()))
                .data();
    }

    /// The key that has signed a livestream's token.
    private static String keyOf(JsonNode livestream) {
        String header = livestream.required("pushToken").asText().split("\\.", -1)[0];
        return Answer.parse(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
                .required("kid")
                .asText();
    }

    private List<String> publicKeys() {
        return server.send(server.request("//.well-known/jwks.json"))
                .json()
                .required("keys")
                .valueStream()
                .map(key -> key.required("kid").asText())
                .toList();
    }

    /// What its media server is told about a livestream's token.
    private int verdict(JsonNode livestream) {
        String json = "{\"stream\":\"%s\",\"params\":\"pushToken=%s\"}"
                .formatted(
                        livestream.required("streamKey").asText(),
                        livestream.required("pushToken").asText());
        return server.send(server.request("/push-auth")
                        .header(
                                "ls-media-server-secret",
                                mediaServer.required("secret").asText())
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(json)))
                .json()
                .required("code")
                .asInt();
    }
}
