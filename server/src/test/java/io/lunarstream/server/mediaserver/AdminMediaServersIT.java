package io.lunarstream.server.mediaserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Media servers, as operators register, drain and remove them. Partner API, sections 8 and 9.
class AdminMediaServersIT {
    private static final String SERVERS = "/admin/media-servers";

    private final Path folder;
    private final MutableClock clock = new MutableClock();
    private TestServer server;

    AdminMediaServersIT(@TempDir Path folder) {
        this.folder = folder;
        server = TestServer.start(folder, clock, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRegisteredServerIsShownWithItsSecretOnceAndListedFirst() {
        clock.advance(Duration.ofMillis(1));
        Answer answer = server.adminPost(SERVERS, """
                {"name":" nginx ","region":"eu-1","kind":"nginx-rtmp","rtmpServer":"rtmp://n.example:1935/live/",
                 "hlsBaseUrl":"https://n.example/hls/","maxStreams":7}""");
        assertThat(answer.status()).isEqualTo(201);
        JsonNode made = answer.data();
        assertThat(made.required("secret").asText()).matches("ls_ms_v1_[A-Za-z0-9_-]{43}");
        assertThat(made.required("name").asText()).isEqualTo("nginx");
        assertThat(made.required("region").asText()).isEqualTo("eu-1");
        assertThat(made.required("kind").asText()).isEqualTo("nginx-rtmp");
        assertThat(made.required("status").asText()).isEqualTo("ONLINE");
        assertThat(made.required("rtmpServer").asText()).isEqualTo("rtmp://n.example:1935/live");
        assertThat(made.required("rmtpServer")).isEqualTo(made.required("rtmpServer"));
        assertThat(made.required("hlsBaseUrl").asText()).isEqualTo("https://n.example/hls");
        assertThat(made.required("capacity").toString()).isEqualTo("{\"maxStreams\":7,\"activeStreams\":0}");

        Answer list = server.adminGet(SERVERS);
        assertThat(list.json().required("meta").toString()).isEqualTo("{}");
        assertThat(list.response().body()).doesNotContain("secret", "ls_ms_v1_");
        assertThat(list.data()).extracting(row -> row.required("name").asText()).containsExactly("nginx", "local");
        assertThat(list.data().get(1).required("region").asText()).isEqualTo("local");
        assertThat(list.data().get(1).required("kind").asText()).isEqualTo("lunar");
        assertThat(available()).containsExactlyInAnyOrder("nginx", "local");
        assertThat(server.get("/media-servers/available").response().body()).doesNotContain("kind", "secret");
    }

    @Test
    void theSecretOpensPushAuthForTheServersOwnStreams() {
        for (String kind : List.of("srs", "zlmediakit", "nginx-rtmp")) {
            JsonNode registered = register(kind, kind);
            JsonNode livestream = createOn(registered).data();
            String secret = registered.required("secret").asText();
            assertThat(pushAuth(secret, livestream).json().required("code").asInt())
                    .isZero();
            Answer form = server.send(server.request("/push-auth?secret=" + secret)
                    .header("content-type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("app=live&name="
                            + livestream.required("streamKey").asText() + "&pushToken="
                            + livestream.required("pushToken").asText())));
            assertThat(form.status()).isEqualTo(200);
            assertThat(pushAuth(secret, server.create("on the embedded one"))
                            .json()
                            .required("error")
                            .asText())
                    .isEqualTo("TOKEN_MISMATCH");
        }
    }

    @Test
    void aNodeOfOursIsOfflineUntilItReports() {
        JsonNode node = register("node", "lunar");
        assertThat(node.required("status").asText()).isEqualTo("OFFLINE");
        assertThat(available()).containsExactly("local");
        assertOffline(createOn(node));
        drain(node);
        assertThat(status(node)).isEqualTo("DRAINING");
        resume(node);
        assertThat(status(node)).isEqualTo("OFFLINE");
    }

    @Test
    void aDrainedServerTakesNoNewLivestreamsAndKeepsThoseItHas() {
        JsonNode srs = register("srs", "srs");
        JsonNode livestream = createOn(srs).data();
        JsonNode elsewhere = server.create("elsewhere");
        JsonNode drained = drain(srs).data();
        assertThat(drained.required("status").asText()).isEqualTo("DRAINING");
        assertThat(drained.required("id")).isEqualTo(srs.required("id"));
        assertThat(drained.has("secret")).isFalse();
        assertThat(drain(srs).status()).as("drained twice").isEqualTo(200);
        assertThat(available()).containsExactly("local");
        assertOffline(createOn(srs));
        assertOffline(server.patch(
                "/livestream/" + elsewhere.required("id").asText(),
                "{\"mediaServerId\":\"" + srs.required("id").asText() + "\"}"));
        assertThat(pushAuth(srs.required("secret").asText(), livestream)
                        .json()
                        .required("code")
                        .asInt())
                .isZero();

        assertThat(resume(srs).data().required("status").asText()).isEqualTo("ONLINE");
        assertThat(resume(srs).status()).as("resumed twice").isEqualTo(200);
        assertThat(available()).containsExactlyInAnyOrder("local", "srs");
        assertThat(createOn(srs).status()).isEqualTo(201);
    }

    @Test
    void theEmbeddedServerStaysDrainedAcrossARestartUntilItIsResumed() {
        JsonNode local = server.adminGet(SERVERS).data().get(0);
        drain(local);
        server.close();
        server = TestServer.start(folder, clock, Map.of());
        assertThat(status(local)).isEqualTo("DRAINING");
        assertOffline(createOn(local));
        assertThat(resume(local).data().required("status").asText()).isEqualTo("ONLINE");
        assertThat(createOn(local).status()).isEqualTo(201);
    }

    @Test
    void aServerIsRemovedOnceNoLivestreamLivesOnIt() {
        JsonNode srs = register("srs", "srs");
        JsonNode livestream = createOn(srs).data();
        Answer inUse = remove(srs);
        assertError(inUse, 409, "MEDIA_SERVER_IN_USE");
        assertThat(status(srs)).isEqualTo("ONLINE");
        server.delete("/livestream/" + livestream.required("id").asText());

        Answer removed = remove(srs);
        assertThat(removed.status()).isEqualTo(200);
        assertThat(removed.data().required("name").asText()).isEqualTo("srs");
        assertThat(server.adminGet(SERVERS).data()).hasSize(1);
        assertThat(available()).containsExactly("local");
        assertError(createOn(srs), 404, "MEDIA_SERVER_NOT_FOUND");
        assertThat(pushAuth(srs.required("secret").asText(), livestream).status())
                .isEqualTo(401);
        for (Answer again : List.of(remove(srs), drain(srs), resume(srs))) {
            assertError(again, 404, "MEDIA_SERVER_NOT_FOUND");
        }
        assertThat(register("srs", "srs").required("id")).as("its name is free").isNotEqualTo(srs.required("id"));
    }

    @Test
    void aLivestreamThatIsMadeWhileItsServerIsRemovedIsNeverLeftBehind() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            JsonNode srs = register("srs" + i, "srs");
            List<Integer> created = new ArrayList<>();
            Thread creator =
                    Thread.ofVirtual().start(() -> created.add(createOn(srs).status()));
            int removed = remove(srs).status();
            creator.join();
            assertThat(List.of(created.getFirst(), removed))
                    .isIn(List.of(List.of(201, 409), List.of(404, 200), List.of(422, 200)));
        }
    }

    @Test
    void aFirstAnswerIsGivenAgainEvenIfTheServerIsGone() {
        JsonNode srs = register("srs", "srs");
        String body = server.createBody("a", "")
                .replace(server.mediaServerId(), srs.required("id").asText());
        Answer first =
                server.send(server.json("/livestream", server.apiKey(), body).header("Idempotency-Key", "1"));
        server.delete("/livestream/" + first.data().required("id").asText());
        remove(srs);
        Answer again =
                server.send(server.json("/livestream", server.apiKey(), body).header("Idempotency-Key", "1"));
        assertThat(again.json()).isEqualTo(first.json());
    }

    @Test
    void theEmbeddedServerIsNeitherRemovedNorNamedAgain() {
        JsonNode local = server.adminGet(SERVERS).data().get(0);
        assertError(remove(local), 409, "MEDIA_SERVER_IS_EMBEDDED");
        assertError(server.adminPost(SERVERS, body("local", "srs")), 409, "MEDIA_SERVER_NAME_EXISTS");
        register("srs", "srs");
        assertError(server.adminPost(SERVERS, body(" srs ", "lunar")), 409, "MEDIA_SERVER_NAME_EXISTS");
    }

    @Test
    void whatIsUnknownIsNotFound() {
        String unknown = SERVERS + "/" + UUID.randomUUID();
        assertError(server.adminDelete(unknown), 404, "MEDIA_SERVER_NOT_FOUND");
        assertError(server.adminPost(unknown + "/drain", ""), 404, "MEDIA_SERVER_NOT_FOUND");
        assertError(server.adminPost(unknown + "/resume", ""), 404, "MEDIA_SERVER_NOT_FOUND");
        Answer malformed = server.adminDelete(SERVERS + "/x");
        assertError(malformed, 400, "VALIDATION_FAILED");
        assertThat(malformed.json().required("message").asText()).isEqualTo("id must be a valid UUID");
    }

    private JsonNode register(String name, String kind) {
        clock.advance(Duration.ofMillis(1));
        return server.adminPost(SERVERS, body(name, kind)).data();
    }

    private static String body(String name, String kind) {
        return """
                {"name":"%s","region":"r","kind":"%s","rtmpServer":"rtmp://a.example/live",
                 "hlsBaseUrl":"http://a.example/hls","maxStreams":5}""".formatted(name, kind);
    }

    private Answer drain(JsonNode mediaServer) {
        return server.send(server.admin(path(mediaServer) + "/drain").POST(BodyPublishers.noBody()));
    }

    private Answer resume(JsonNode mediaServer) {
        return server.send(server.admin(path(mediaServer) + "/resume").POST(BodyPublishers.noBody()));
    }

    private Answer remove(JsonNode mediaServer) {
        return server.adminDelete(path(mediaServer));
    }

    private static String path(JsonNode mediaServer) {
        return SERVERS + "/" + mediaServer.required("id").asText();
    }

    private Answer createOn(JsonNode mediaServer) {
        return server.post(
                "/livestream",
                server.createBody("a", "")
                        .replace(
                                server.mediaServerId(),
                                mediaServer.required("id").asText()));
    }

    private Answer pushAuth(String secret, JsonNode livestream) {
        String json = "{\"stream\":\"%s\",\"params\":\"pushToken=%s\"}"
                .formatted(
                        livestream.required("streamKey").asText(),
                        livestream.required("pushToken").asText());
        return server.send(server.request("/push-auth")
                .header("ls-media-server-secret", secret)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private List<String> available() {
        List<String> names = new ArrayList<>();
        server.get("/media-servers/available")
                .data()
                .forEach(row -> names.add(row.required("name").asText()));
        return names;
    }

    private String status(JsonNode mediaServer) {
        for (JsonNode row : server.adminGet(SERVERS).data()) {
            if (row.required("id").equals(mediaServer.required("id"))) {
                return row.required("status").asText();
            }
        }
        throw new AssertionError("not listed: " + mediaServer);
    }

    private static void assertOffline(Answer answer) {
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/details/0/message").asText())
                .isEqualTo("mediaServerId must name a media server that is online");
    }

    private static void assertError(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.json().required("code").asText()).isEqualTo(code);
    }
}
