package io.lunarstream.server.pushauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.auth.Sha256;
import io.lunarstream.server.mediaserver.MediaServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What media servers outside this process are told. Partner API, section 8.
class PushAuthIT {
    private static final String SECRET = "secret-of-srs";

    private final MutableClock clock = new MutableClock();
    private final TestServer server;
    private JsonNode livestream;

    PushAuthIT(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of("LUNAR_RATE_LIMITS_FAILED_AUTHENTICATIONS_REQUESTS", "6"));
    }

    @BeforeEach
    void registerMediaServers() {
        UUID srs = server.makeMediaServer("srs", MediaServer.Kind.SRS);
        server.makeMediaServer("other", MediaServer.Kind.SRS);
        String body = server.createBody("a", ",\"expiresIn\":60").replace(server.mediaServerId(), srs.toString());
        livestream = server.post("/livestream", body).data();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'params':'pushToken=TOKEN'",
                "'params':'?pushToken=TOKEN'",
                "'param':'?vhost=x&pushToken=TOKEN'",
                "'params':'pushToken=TOKEN','ip':'1.2.3.4','port':54321,'unknown':{'a':[null]}",
            })
    void aGoodTokenIsAdmittedHoweverItIsWritten(String fields) {
        for (String path : List.of("/push-auth", "//push-auth")) {
            Answer answer = json(path, SECRET, streamKey(), fields);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json()).isEqualTo(parsed("{'code':0,'msg':'success'}"));
        }
    }

    @Test
    void eachBadTokenIsRefusedInItsOwnWords() {
        String good = "'params':'pushToken=TOKEN'";
        assertRefused(streamKey(), "'params':''", "INVALID_PUSH_TOKEN", "Invalid push token");
        assertRefused(streamKey(), "'params':5", "INVALID_PUSH_TOKEN", "Invalid push token");
        assertRefused(streamKey(), "'pushToken':'TOKEN'", "INVALID_PUSH_TOKEN", "Invalid push token");
        assertRefused(streamKey(), "'params':'pushToken=TOKENx'", "INVALID_PUSH_TOKEN", "Invalid push token");
        assertRefused("another", good, "TOKEN_MISMATCH", "Push token does not match stream");
        clock.advance(Duration.ofMinutes(1));
        assertRefused(streamKey(), good, "EXPIRED_PUSH_TOKEN", "Push token has expired");
        server.delete("/livestream/" + livestream.required("id").asText());
        assertRefused(streamKey(), good, "INVALID_PUSH_TOKEN", "Invalid push token");
    }

    @Test
    void theSecretNamesTheMediaServerThatTheTokenMustBeFor() {
        JsonNode verdict = json("/push-auth", "secret-of-other", streamKey(), "'params':'pushToken=TOKEN'")
                .json();
        assertThat(verdict.required("error").asText()).isEqualTo("TOKEN_MISMATCH");
    }

    @Test
    void aFormIsAnsweredByItsStatus() {
        String form = "app=live&name=" + streamKey() + "&pushToken=" + token() + "&call=publish&clientid=1";
        Answer admitted = form("//push-auth?secret=" + SECRET, form);
        assertThat(admitted.status()).isEqualTo(200);
        assertThat(admitted.json().required("code").asInt()).isZero();
        for (String bad :
                List.of("", "name=" + streamKey(), form.replace("name=", "stream="), form.replace(token(), "x"))) {
            Answer refused = form("/push-auth?secret=" + SECRET, bad);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().required("code").asInt()).isEqualTo(-1);
        }
    }

    @Test
    void withoutItsSecretNobodyIsAnsweredAndTooManyGuessesAreRefused() {
        HttpRequest.Builder none = server.request("/push-auth").POST(BodyPublishers.ofString("{"));
        for (Answer answer : List.of(
                server.send(none),
                json("/push-auth", "wrong", streamKey(), "'params':'pushToken=TOKEN'"),
                json("/push-auth", "", streamKey(), "'params':'pushToken=TOKEN'"),
                json("/push-auth", sha256(SECRET), streamKey(), "'params':'pushToken=TOKEN'"),
                form("//push-auth?secret=wrong", "name=" + streamKey()),
                form("//push-auth?secret=%ff", "name=" + streamKey()))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json().required("code").asText()).isEqualTo("INVALID_MEDIA_SERVER_SECRET");
            assertThat(answer.json().required("message").asText()).isEqualTo("Invalid media server secret");
        }
        assertThat(server.send(none).status()).isEqualTo(429);
        assertThat(json("/push-auth", SECRET, streamKey(), "'params':'pushToken=TOKEN'")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anApiKeyIsNoSecretAndASecretIsNoApiKey() {
        assertThat(server.post("/push-auth", "{}").status()).isEqualTo(401);
        assertThat(server.send(server.request("/livestream").header("ls-media-server-secret", SECRET))
                        .status())
                .isEqualTo(401);
        assertThat(server.send(server.json("/livestream", server.apiKey(), "a=b")
                                .setHeader("content-type", "application/x-www-form-urlencoded"))
                        .status())
                .isEqualTo(415);
    }

    private void assertRefused(String streamKey, String fields, String error, String message) {
        Answer answer = json("/push-auth", SECRET, streamKey, fields);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(parsed("{'code':-1,'msg':'" + message + "','error':'" + error + "'}"));
    }

    private Answer json(String path, String secret, String streamKey, String fields) {
        String body = "{'app':'live','stream':'" + streamKey + "'," + fields.replace("TOKEN", token()) + "}";
        return server.send(server.request(path)
                .header("ls-media-server-secret", secret)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private Answer form(String path, String body) {
        return server.send(server.request(path)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    private String streamKey() {
        return livestream.required("streamKey").asText();
    }

    private String token() {
        return livestream.required("pushToken").asText();
    }

    private static String sha256(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode parsed(String json) {
        return Answer.parse(json.replace('\'', '"'));
    }
}
