package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestDatabases;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.live.EndReason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the media plane tells of a broadcast that the API has meanwhile ended, revoked, renewed or deleted.
class LateWordsIT {
    private final Path folder;
    private final MutableClock clock = new MutableClock();
    private final TestServer server;
    private final ToldBroadcasts media;
    private UUID id = UUID.randomUUID();
    private UUID oldToken = UUID.randomUUID();

    LateWordsIT(@TempDir Path folder) {
        this.folder = folder;
        server = TestServer.start(folder, clock, Map.of());
        media = new ToldBroadcasts(server, clock);
    }

    @BeforeEach
    void createLivestream() {
        id = created();
        oldToken = media.newestToken(id);
    }

    @AfterEach
    void stop() {
        media.close();
        server.close();
    }

    @Test
    void aStartThatComesAfterTheEndByTheApiChangesNothing() {
        media.playable(id, oldToken, clock.instant());
        awaitStatus("STARTED");
        clock.advance(Duration.ofSeconds(5));
        JsonNode ended = server.end(id.toString()).data();
        media.playable(id, oldToken, clock.instant());
        media.ended(id, EndReason.CLIENT_STOPPED, clock.instant());
        assertUnchanged(ended);
    }

    @Test
    void aBroadcastIsEndedAndTheLivestreamReadyWhenAllItsTokensAreReplaced() {
        media.playable(id, oldToken, clock.instant());
        awaitStatus("STARTED");
        clock.advance(Duration.ofSeconds(5));
        generate(",\"revokePrevious\":true");
        JsonNode ready = read();
        assertThat(ready.required("status").asText()).isEqualTo("READY_FOR_USE");
        assertThat(ready.required("endReason").asText()).isEqualTo("token_revoked");
        assertThat(ready.required("endedAt").asText()).isEqualTo(clock.instant().toString());
        clock.advance(Duration.ofSeconds(1));
        media.ended(id, EndReason.TOKEN_REVOKED, clock.instant());
        media.playable(id, oldToken, clock.instant());
        assertUnchanged(ready);
        media.playable(id, media.newestToken(id), clock.instant());
        awaitStatus("STARTED");
    }

    @Test
    void aLivestreamThatWaitsKeepsItsHistoryWhenAllItsTokensAreReplaced() {
        generate(",\"revokePrevious\":true");
        JsonNode ready = read();
        assertThat(ready.required("status").asText()).isEqualTo("READY_FOR_USE");
        assertThat(ready.required("endReason").isNull()).isTrue();
        media.playable(id, oldToken, clock.instant());
        assertUnchanged(ready);
    }

    @Test
    void aBroadcastThatItsOldDeadlineCutLeavesALivestreamWithANewTokenReady() {
        media.playable(id, oldToken, clock.instant());
        awaitStatus("STARTED");
        generate(",\"expiresIn\":7200");
        clock.advance(Duration.ofHours(1));
        media.ended(id, EndReason.TOKEN_EXPIRED, clock.instant());
        JsonNode ready = awaitStatus("READY_FOR_USE");
        assertThat(ready.required("endReason").asText()).isEqualTo("token_expired");
        assertThat(ready.required("endedAt").asText()).isEqualTo(clock.instant().toString());
    }

    @Test
    void nothingThatIsToldOfADeletedLivestreamMakesItALivestreamAgain() {
        media.playable(id, oldToken, clock.instant());
        awaitStatus("STARTED");
        server.delete("/livestream/" + id);
        media.playable(id, oldToken, clock.instant());
        media.ended(id, EndReason.CLIENT_STOPPED, clock.instant());
        awaitAllWritten();
        assertThat(server.get("/livestream/" + id).status()).isEqualTo(404);
        assertThat(server.get("/livestream").json().at("/meta/pagination/total").asInt())
                .isEqualTo(1);
    }

    @Test
    void aStartThatWaitedForTheDatabaseIsWrittenBeforeItsLivestreamExpires() throws SQLException {
        try (Connection _ = TestDatabases.occupy(folder)) {
            media.playable(id, oldToken, clock.instant());
            clock.advance(Duration.ofHours(2));
            media.deadlinePassed(clock.instant());
            assertThat(read().required("status").asText()).isEqualTo("TOKEN_EXPIRED");
        }
        awaitStatus("STARTED");
    }

    /// Words are written in their order: what was told before is there when this is.
    private void awaitAllWritten() {
        UUID other = created();
        media.playable(other, clock.instant());
        await().until(() -> "STARTED"
                .equals(server.get("/livestream/" + other)
                        .data()
                        .required("status")
                        .asText()));
    }

    private void assertUnchanged(JsonNode before) {
        awaitAllWritten();
        assertThat(read()).isEqualTo(before);
    }

    private UUID created() {
        return UUID.fromString(server.create("a").required("id").asText());
    }

    private void generate(String more) {
        assertThat(server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id + "\"" + more + "}")
                        .status())
                .isEqualTo(201);
    }

    private JsonNode read() {
        return server.get("/livestream/" + id).data();
    }

    private JsonNode awaitStatus(String status) {
        return await().until(
                        this::read,
                        livestream -> livestream.required("status").asText().equals(status));
    }
}
