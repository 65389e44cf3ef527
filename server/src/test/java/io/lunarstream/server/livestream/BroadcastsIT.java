package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.live.EndReason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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
    private static final Duration RECONNECT_WINDOW = Duration.ofSeconds(30);

    private final Path folder;
    private final MutableClock clock = new MutableClock();
    private TestServer server;
    private Database database;
    private Broadcasts broadcasts;

    BroadcastsIT(@TempDir Path folder) {
        this.folder = folder;
        server = TestServer.start(folder, clock, Map.of());
        database = server.database();
        broadcasts = new Broadcasts(database, RECONNECT_WINDOW, clock);
    }

    @AfterEach
    void stop() {
        broadcasts.close();
        database.close();
        server.close();
    }

    @Test
    void theFirstPlayableSegmentStartsAndTheEndEnds() {
        UUID id = create("");
        Instant start = clock.instant();
        broadcasts.recorder().playable(id, start);
        JsonNode started = awaitStatus(id, "STARTED");
        assertThat(started.required("startedAt").asText()).isEqualTo(start.toString());
        assertThat(started.required("endedAt").isNull()).isTrue();

        clock.advance(Duration.ofSeconds(10));
        broadcasts.recorder().ended(id, EndReason.CLIENT_STOPPED, clock.instant());
        JsonNode ended = awaitStatus(id, "ENDED");
        assertThat(ended.required("endedAt").asText()).isEqualTo(clock.instant().toString());
        assertThat(ended.required("endReason").asText()).isEqualTo("client_stopped");
        assertThat(ended.required("startedAt").asText()).isEqualTo(start.toString());
    }

    @ParameterizedTest
    @EnumSource(EndReason.class)
    void onlyTheDeadlineEndsABroadcastAsExpired(EndReason reason) {
        UUID id = create("");
        broadcasts.recorder().playable(id, clock.instant());
        broadcasts.recorder().ended(id, reason, clock.instant());
        JsonNode ended = awaitStatus(id, reason == EndReason.TOKEN_EXPIRED ? "TOKEN_EXPIRED" : "ENDED");
        assertThat(ended.required("endReason").asText()).isEqualTo(reason.apiName());
    }

    @Test
    void anEndedLivestreamStartsAnewAndKeepsItsHistoryUntilThen() {
        UUID id = create("");
        broadcasts.recorder().playable(id, clock.instant());
        broadcasts.recorder().ended(id, EndReason.RECONNECT_TIMEOUT, clock.instant());
        awaitStatus(id, "ENDED");
        server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id + "\"}");
        JsonNode ready = awaitStatus(id, "READY_FOR_USE");
        assertThat(ready.required("endReason").asText()).isEqualTo("reconnect_timeout");
        broadcasts.recorder().playable(id, clock.instant());
        assertThat(awaitStatus(id, "STARTED").required("endReason").isNull()).isTrue();
    }

    @Test
    void aLiveLivestreamStaysStartedWhenATokenIsMade() {
        UUID id = create("");
        broadcasts.recorder().playable(id, clock.instant());
        awaitStatus(id, "STARTED");
        server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id + "\"}");
        assertThat(read(id).required("status").asText()).isEqualTo("STARTED");
    }

    @Test
    void deletingALiveLivestreamEndsIt() {
        UUID id = create("");
        broadcasts.recorder().playable(id, clock.instant());
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
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("lunar.db"));
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
            broadcasts.recorder().playable(id, clock.instant());
            broadcasts.recorder().keyframeInterval(id, Duration.ofMillis(2002));
            broadcasts.recorder().ended(id, EndReason.MEDIA_ERROR, clock.instant());
            assertThat(server.post("/livestream", server.createBody("b", "")))
                    .satisfies(answer -> assertThat(answer.status()).isEqualTo(503))
                    .satisfies(
                            answer -> assertThat(answer.header("retry-after")).matches("[1-9]"))
                    .satisfies(answer ->
                            assertThat(answer.json().required("code").asText()).isEqualTo("UNAVAILABLE"));
            assertThat(read(id).required("status").asText()).isEqualTo("READY_FOR_USE");
            statement.execute("rollback");
        }
        assertThat(awaitStatus(id, "ENDED").required("endReason").asText()).isEqualTo("media_error");
    }

    @Test
    void afterARestartABroadcastHasAFreshReconnectWindowAndThenIsLost() {
        UUID id = create("");
        broadcasts.recorder().playable(id, clock.instant());
        awaitStatus(id, "STARTED");
        clock.advance(Duration.ofMinutes(5));
        restart();
        assertThat(read(id).required("status").asText()).isEqualTo("STARTED");
        clock.advance(RECONNECT_WINDOW);
        JsonNode lost = awaitStatus(id, "ENDED");
        assertThat(lost.required("endReason").asText()).isEqualTo("media_server_lost");
        assertThat(lost.required("endedAt").asText()).isEqualTo(clock.instant().toString());
    }

    @Test
    void afterARestartABroadcastWhoseDeadlinePassesIsExpired() {
        UUID id = create(",\"expiresIn\":60");
        broadcasts.recorder().playable(id, clock.instant());
        awaitStatus(id, "STARTED");
        clock.advance(Duration.ofSeconds(50));
        restart();
        clock.advance(Duration.ofSeconds(10));
        assertThat(awaitStatus(id, "TOKEN_EXPIRED").required("endReason").asText())
                .isEqualTo("token_expired");
    }

    private void restart() {
        broadcasts.close();
        database.close();
        server.close();
        server = TestServer.start(folder, clock, Map.of());
        database = server.database();
        broadcasts = new Broadcasts(database, RECONNECT_WINDOW, clock);
    }

    private UUID create(String more) {
        return UUID.fromString(server.create("a", more).required("id").asText());
    }

    private JsonNode read(UUID id) {
        return server.get("/livestream/" + id).data();
    }

    private String storedStatus(UUID id) {
        return database.read(handle -> handle.createQuery("select status from livestream where id = :id")
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
