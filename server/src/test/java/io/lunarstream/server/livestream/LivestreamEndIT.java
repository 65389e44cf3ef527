package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `POST /livestream/{id}/end`, for livestreams whose broadcast is told to the database.
class LivestreamEndIT {
    private final MutableClock clock = new MutableClock();
    private final TestServer server;

    LivestreamEndIT(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aStartedLivestreamIsEndedByTheApiAndAnsweredWhole() {
        String id = started();
        clock.advance(Duration.ofSeconds(10));
        Answer answer = server.end(id);
        assertThat(answer.status()).isEqualTo(200);
        JsonNode ended = answer.data();
        assertThat(ended.required("status").asText()).isEqualTo("ENDED");
        assertThat(ended.required("endReason").asText()).isEqualTo("api_ended");
        assertThat(ended.required("endedAt").asText()).isEqualTo(clock.instant().toString());
        assertThat(ended.required("pushTokenExpiresAt").asText())
                .isEqualTo(clock.instant().toString());
        assertThat(ended.has("pushToken")).isFalse();
        assertThat(server.get("/livestream/" + id).data()).isEqualTo(ended);
        assertThat(server.adminGet("/admin/audit?action=livestream.end&resourceId=" + id)
                        .data())
                .hasSize(1);
    }

    @Test
    void aLivestreamThatIsNotLiveCannotBeEnded() {
        String id = server.create("idle").required("id").asText();
        assertNotLive(server.end(id));
        assertThat(server.get("/livestream/" + id).data().required("status").asText())
                .isEqualTo("READY_FOR_USE");

        String ended = started();
        server.end(ended);
        assertNotLive(server.end(ended));
    }

    @Test
    void aNewTokenMakesAnEndedLivestreamReadyAgain() {
        String id = started();
        server.end(id);
        server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id + "\",\"expiresIn\":60}");
        JsonNode ready = server.get("/livestream/" + id).data();
        assertThat(ready.required("status").asText()).isEqualTo("READY_FOR_USE");
        assertThat(ready.required("pushTokenExpiresAt").asText()).isEqualTo("2026-01-12T18:13:38.000Z");
    }

    @Test
    void endTakesNoBodyAndIgnoresOne() {
        assertThat(server.post("/livestream/" + started() + "/end", "{").status())
                .isEqualTo(200);
    }

    private static void assertNotLive(Answer answer) {
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().required("code").asText()).isEqualTo("LIVESTREAM_NOT_LIVE");
        assertThat(answer.json().required("message").asText()).isEqualTo("Livestream is not live");
    }

    private String started() {
        String id = server.create("a").required("id").asText();
        try (ToldBroadcasts broadcasts = new ToldBroadcasts(server, clock)) {
            broadcasts.playable(UUID.fromString(id), clock.instant());
        }
        return id;
    }
}
