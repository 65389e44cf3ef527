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
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What broadcasts do to a livestream's status, told by a media plane and read through the API.
class BroadcastsIT {
    private final Path folder;
    private final MutableClock clock = new MutableClock();
    private TestServer server;
    private ToldBroadcasts broadcasts;

    BroadcastsIT(@TempDir Path folder) {
        this.folder = folder;
        server = TestServer.start(folder, clock, Map.of());
        broadcasts = new ToldBroadcasts(server, clock);
    }

    @AfterEach
    void stop() {
        broadcasts.close();
        server.close();
    }

    @Test
    void theFirstPlayableSegmentStartsAndTheEndEnds() {
        UUID id = create("");
        Instant start = clock.instant();
        broadcasts.playable(id, start);
        JsonNode started = awaitStatus(id, "STARTED");
        assertThat(started.required("startedAt").asText()).isEqualTo(start.toString());
        assertThat(started.required("endedAt").isNull()).isTrue();

        clock.advance(Duration.ofSeconds(10));
        broadcasts.ended(id, EndReason.CLIENT_STOPPED, clock.instant());
        JsonNode ended = awaitStatus(id, "ENDED");
        assertThat(ended.required("endedAt").asText()).isEqualTo(clock.instant().toString());
        assertThat(ended.required("endReason").asText()).isEqualTo("client_stopped");
        assertThat(ended.required("startedAt").asText()).isEqualTo(start.toString());
    }

    @ParameterizedTest
    @EnumSource(EndReason.class)
    void onlyTheDeadlineEndsABroadcastAsExpired(EndReason reason) {
        UUID id = create(",\"expiresIn\":60");
        broadcasts.playable(id, clock.instant());
        clock.advance(Duration.ofMinutes(1));
        broadcasts.ended(id, reason, clock.instant());
        JsonNode ended = awaitStatus(id, reason == EndReason.TOKEN_EXPIRED ? "TOKEN_EXPIRED" : "ENDED");
        assertThat(ended.required("endReason").asText()).isEqualTo(reason.apiName());
    }

    @Test
    void anEndedLivestreamStartsAnewAndKeepsItsHistoryUntilThen() {
        UUID id = create("");
        broadcasts.playable(id, clock.instant());
        broadcasts.ended(id, EndReason.RECONNECT_TIMEOUT, clock.instant());
        awaitStatus(id, "ENDED");
        server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id + "\"}");
        JsonNode ready = awaitStatus(id, "READY_FOR_USE");
        assertThat(ready.required("endReason").asText()).isEqualTo("reconnect_timeout");
        broadcasts.playable(id, clock.instant());
        assertThat(awaitStatus(id, "STARTED").required("endReason").isNull()).isTrue();
    }

    @Test
    void anEndedLivestreamStaysEndedWhenItsTokenExpiresAndTheNextBroadcastResetsItsHistory() {
        UUID id = create(",\"expiresIn\":60");
        broadcasts.playable(id, clock.instant());
        broadcasts.ended(id, EndReason.CLIENT_STOPPED, clock.instant());
        awaitStatus(id, "ENDED");
        clock.advance(Duration.ofSeconds(10));
        Instant again = clock.instant();
        broadcasts.playable(id, again);
        JsonNode second = awaitStatus(id, "STARTED");
        assertThat(second.required("startedAt").asText()).isEqualTo(again.toString());
        assertThat(second.required("endedAt").isNull()).isTrue();
        assertThat(second.required("endReason").isNull()).isTrue();
        broadcasts.ended(id, EndReason.CLIENT_STOPPED, clock.instant());
        awaitStatus(id, "ENDED");
        clock.advance(Duration.ofMinutes(2));
        UUID swept = create(",\"expiresIn\":60");
        clock.advance(Duration.ofMinutes(2));
        await().until(() -> "TOKEN_EXPIRED".equals(storedStatus(swept)));
        assertThat(read(id).required("status").asText()).isEqualTo("ENDED");
    }

    @Test
    void aLiveLivestreamStaysStartedWhenATokenIsMade() {
        UUID id = create("");
        broadcasts.playable(id, clock.instant());
        awaitStatus(id, "STARTED");
        server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id + "\"}");
        assertThat(read(id).required("status").asText()).isEqualTo("STARTED");
    }

    @Test
    void deletingALiveLivestreamEndsIt() {
        UUID id = create("");
        broadcasts.playable(id, clock.instant());
        awaitStatus(id, "STARTED");
        JsonNode deleted = server.delete("/livestream/" + id).data();
        assertThat(deleted.required("status").asText()).isEqualTo("ENDED");
        assertThat(deleted.required("endReason").asText()).isEqualTo("api_ended");
    }

    @Test
    void anExpiredLivestreamIsSweptSoThatItStaysExpired() {
        UUID id = create(",\"expiresIn\":60");
        clock.advance(Duration.ofSeconds(61));
        await().until(() -> "TOKEN_EXPIRED".equals(storedStatus(id)));
    }

    @Test
    void nothingIsLostOrReorderedWhileTheDatabaseIsBusy() throws SQLException {
        UUID id = create("");
        try (Connection _ = TestDatabases.occupy(folder)) {
            broadcasts.playable(id, clock.instant());
            broadcasts.keyframeInterval(id, Duration.ofMillis(2002));
            broadcasts.ended(id, EndReason.MEDIA_ERROR, clock.instant());
            assertThat(server.post("/livestream", server.createBody("b", "")))
                    .satisfies(answer -> assertThat(answer.status()).isEqualTo(503))
                    .satisfies(
                            answer -> assertThat(answer.header("retry-after")).matches("[1-9]"))
                    .satisfies(answer ->
                            assertThat(answer.json().required("code").asText()).isEqualTo("UNAVAILABLE"));
            assertThat(read(id).required("status").asText()).isEqualTo("READY_FOR_USE");
        }
        assertThat(awaitStatus(id, "ENDED").required("endReason").asText()).isEqualTo("media_error");
    }

    @Test
    void afterARestartABroadcastHasAFreshReconnectWindowAndThenIsLost() {
        UUID id = create("");
        broadcasts.playable(id, clock.instant());
        awaitStatus(id, "STARTED");
        clock.advance(Duration.ofMinutes(5));
        restart();
        assertThat(read(id).required("status").asText()).isEqualTo("STARTED");
        clock.advance(ToldBroadcasts.RECONNECT_WINDOW);
        JsonNode lost = awaitStatus(id, "ENDED");
        assertThat(lost.required("endReason").asText()).isEqualTo("media_server_lost");
        assertThat(lost.required("endedAt").asText()).isEqualTo(clock.instant().toString());
    }

    @Test
    void afterARestartABroadcastWhoseDeadlinePassesIsExpired() {
        UUID id = create(",\"expiresIn\":60");
        broadcasts.playable(id, clock.instant());
        awaitStatus(id, "STARTED");
        clock.advance(Duration.ofSeconds(50));
        restart();
        clock.advance(Duration.ofSeconds(10));
        assertThat(awaitStatus(id, "TOKEN_EXPIRED").required("endReason").asText())
                .isEqualTo("token_expired");
    }

    private void restart() {
        broadcasts.close();
        server.close();
        server = TestServer.start(folder, clock, Map.of());
        broadcasts = new ToldBroadcasts(server, clock);
    }

    private UUID create(String more) {
        return UUID.fromString(server.create("a", more).required("id").asText());
    }

    private JsonNode read(UUID id) {
        return server.get("/livestream/" + id).data();
    }

    private String storedStatus(UUID id) {
        return broadcasts
                .database()
                .read(handle -> handle.createQuery("select status from livestream where id = :id")
                        .bind("id", id)
                        .mapTo(String.class)
                        .one());
    }

    private JsonNode awaitStatus(UUID id, String status) {
        return await().until(
                        () -> read(id),
                        livestream -> livestream.required("status").asText().equals(status));
    }
}
