package io.lunarstream.server.pushauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.mediaserver.MediaServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.UUID;

/// A livestream on a media server outside the process, with the hooks that tell of it.
///
/// @param created what creating it has answered
/// @param secret the media server's
record ForeignLivestream(TestServer server, JsonNode created, String secret) {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /// On a new media server of a kind, whose name is also the kind's.
    static ForeignLivestream create(TestServer server, MediaServer.Kind kind, Duration lifetime) {
        UUID id = server.makeMediaServer(kind.apiName(), kind);
        String body = server.createBody("a", ",\"expiresIn\":" + lifetime.toSeconds());
        JsonNode created = server.post("/livestream", body.replace(server.mediaServerId(), id.toString()))
                .data();
        return new ForeignLivestream(server, created, "secret-of-" + kind.apiName());
    }

    /// The same livestream, told of by whoever has another secret.
    ForeignLivestream toldWith(String anotherSecret) {
        return new ForeignLivestream(server, created, anotherSecret);
    }

    Answer post(String path, String json) {
        HttpRequest.Builder request = server.request(path + "?secret=" + secret)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json));
        return server.send(request);
    }

    String id() {
        return created.required("id").asText();
    }

    String streamKey() {
        return created.required("streamKey").asText();
    }

    String token() {
        return created.required("pushToken").asText();
    }

    /// Makes another push token.
    ///
    /// @param more further fields of the request, each with a comma before it
    String generate(String more) {
        return server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id() + "\"" + more + "}")
                .data()
                .required("pushToken")
                .asText();
    }

    void assertStatus(String status, String endReason) {
        JsonNode now = server.get("/livestream/" + id()).data();
        assertThat(now.required("status").asText()).isEqualTo(status);
        assertThat(now.required("endReason").asText("")).isEqualTo(endReason);
    }

    void awaitStatus(String status, String endReason) {
        await().atMost(DEADLINE).untilAsserted(() -> assertStatus(status, endReason));
    }

    static void assertAdmitted(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(Answer.parse("{\"code\":0,\"msg\":\"success\"}"));
    }

    static void assertRefused(Answer answer, String error, String message) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(Answer.parse("{\"code\":-1,\"msg\":\"%s\",\"error\":\"%s\"}".formatted(message, error)));
    }

    static void assertUnusable(Answer answer, String field) {
        assertThat(answer.status()).isEqualTo(422);
        JsonNode fault = answer.json().required("details").required(0);
        assertThat(fault.required("field").asText()).isEqualTo(field);
    }
}
