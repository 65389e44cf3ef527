package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.auth.Sha256;
import io.lunarstream.server.database.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `Idempotency-Key` on create: a request that is sent again is not done again.
class IdempotencyIT {
    private static final int CLIENTS = 16;

    private final MutableClock clock = new MutableClock();
    private final TestServer server;

    IdempotencyIT(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theSameRequestIsAnsweredWithTheFirstResponseTokenIncludedAndCreatesNothing() {
        String body = server.createBody(" a ", ",\"expiresIn\":60,\"externalId\":\"e\",\"metadata\":{\"z\":\"1\"}");
        Answer first = create("k", body);
        assertThat(first.status()).isEqualTo(201);
        clock.advance(Duration.ofHours(1));
        assertThat(create("k", body)).satisfies(again -> assertSame(first, again));
        assertThat(total()).isEqualTo(1);
    }

    @Test
    void theFirstResponseDoesNotShowWhatHasBecomeOfTheLivestreamSince() {
        String body = server.createBody("a", ",\"metadata\":{\"a\":\"1\"}");
        Answer first = create("k", body);
        String path = "/livestream/" + first.data().required("id").asText();
        UUID elsewhere = server.makeMediaServer("elsewhere");
        clock.advance(Duration.ofSeconds(1));
        server.patch(path, "{\"name\":\"b\",\"metadata\":null,\"mediaServerId\":\"" + elsewhere + "\"}");
        assertSame(first, create("k", body));
        server.delete(path);
        assertSame(first, create("k", body));
        assertThat(total()).isZero();
    }

    @Test
    void anotherBodyIsRefusedEvenOneThatWouldNotBeAccepted() {
        create("k", server.createBody("a", ""));
        for (String body : List.of(
                server.createBody("b", ""),
                server.createBody("a", " "),
                server.createBody("", ""),
                server.createBody("a", "")
                        .replace(server.mediaServerId(), UUID.randomUUID().toString()))) {
            assertError(create("k", body), 422, "IDEMPOTENCY_KEY_REUSED");
        }
        assertThat(total()).isEqualTo(1);
    }

    @Test
    void shapeAndProjectAreCheckedBeforeTheKeyIsLookedAt() {
        create("k", server.createBody("a", ""));
        assertError(create("k", "{}"), 400, "VALIDATION_FAILED");
        String foreign = server.createBody("a", "")
                .replace(server.projectId(), UUID.randomUUID().toString());
        assertError(create("k", foreign), 403, "ACCESS_DENIED");
    }

    @Test
    void aKeyIsForgottenAfterADay() {
        String body = server.createBody("a", "");
        Answer first = create("k", body);
        clock.advance(Duration.ofHours(24).minusMillis(1));
        assertSame(first, create("k", body));
        clock.advance(Duration.ofMillis(1));
        Answer next = create("k", body);
        assertThat(next.status()).isEqualTo(201);
        assertThat(next.data().required("id")).isNotEqualTo(first.data().required("id"));
        assertThat(total()).isEqualTo(2);
    }

    @Test
    void aFailureFreesTheKey() {
        server.create("taken", ",\"externalId\":\"taken\"");
        String unknownServer = server.createBody("a", "")
                .replace(server.mediaServerId(), UUID.randomUUID().toString());
        assertError(create("k", unknownServer), 404, "MEDIA_SERVER_NOT_FOUND");
        assertError(create("k", server.createBody(" ", "")), 422, "UNPROCESSABLE");
        assertError(create("k", server.createBody("a", ",\"externalId\":\"taken\"")), 409, "EXTERNAL_ID_EXISTS");
        assertThat(create("k", server.createBody("a", "")).status()).isEqualTo(201);
    }

    @Test
    void aRequestWhoseFirstIsStillRunningIsRefusedUntilItsMarkDies() {
        String body = server.createBody("a", "");
        leaveMark("k", body);
        assertError(create("k", body), 409, "IDEMPOTENCY_IN_PROGRESS");
        assertError(create("k", server.createBody("b", "")), 422, "IDEMPOTENCY_KEY_REUSED");
        clock.advance(Duration.ofSeconds(60).minusMillis(1));
        assertError(create("k", body), 409, "IDEMPOTENCY_IN_PROGRESS");
        clock.advance(Duration.ofMillis(1));
        assertThat(create("k", body).status()).isEqualTo(201);
    }

    @Test
    void aRequestThatOutlivesItsMarkMakesNothingIfAnotherOneHasBegun() {
        try (Database database = server.database()) {
            IdempotencyKeys keys = new IdempotencyKeys(database, clock);
            IdempotencyKey key = new IdempotencyKey(UUID.fromString(server.projectId()), "k", "0");
            UUID slow = UUID.randomUUID();
            assertThat(keys.begin(key, slow)).isEmpty();
            clock.advance(Duration.ofSeconds(60));
            assertThat(keys.begin(key, UUID.randomUUID())).isEmpty();
            keys.abandon(key, slow);
            assertError(create("k", server.createBody("a", "")), 422, "IDEMPOTENCY_KEY_REUSED");
            IdempotencyKeys.Made made = new IdempotencyKeys.Made(slow, UUID.randomUUID());
            assertThatThrownBy(() -> database.run(handle -> keys.finish(handle, key, made)))
                    .hasMessageContaining("still running");
        }
    }

    @Test
    void keysOfDifferentProjectsAndDifferentKeysHaveNothingToDoWithEachOther() {
        UUID other = UUID.randomUUID();
        String otherKey = server.makeProject(other, clock);
        String body = server.createBody("a", "");
        Set<String> ids = new HashSet<>();
        ids.add(create("k", body).data().required("id").asText());
        ids.add(create("K", body).data().required("id").asText());
        Answer theirs =
                server.send(server.json("/livestream", otherKey, body.replace(server.projectId(), other.toString()))
                        .header("Idempotency-Key", "k"));
        ids.add(theirs.data().required("id").asText());
        assertThat(ids).hasSize(3);
    }

    @Test
    void aKeyHasUpTo255PrintableCharacters() {
        assertThat(create("~ ".repeat(127) + "!", server.createBody("a", "")).status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "{256}"})
    void anyOtherKeyIsABadRequest(String key) {
        Answer answer = create(key.replace("{256}", "k".repeat(256)), server.createBody("a", ""));
        assertError(answer, 400, "VALIDATION_FAILED");
        assertThat(answer.json().at("/details/0/message").asText())
                .isEqualTo("Idempotency-Key must be 1 to 255 printable ASCII characters");
    }

    @Test
    void sixteenClientsWithOneKeyCreateOneLivestream() throws Exception {
        String body = server.createBody("a", "");
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<JsonNode>> answers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                answers.add(clients.submit(() -> createUntilAnswered(body)));
            }
            Set<JsonNode> distinct = new HashSet<>();
            for (Future<JsonNode> answer : answers) {
                distinct.add(answer.get());
            }
            assertThat(distinct).hasSize(1);
        }
        assertThat(total()).isEqualTo(1);
    }

    /// As a client that comes back while the first request is running.
    private JsonNode createUntilAnswered(String body) {
        Answer answer = create("k", body);
        while (answer.status() == 409) {
            assertError(answer, 409, "IDEMPOTENCY_IN_PROGRESS");
            answer = create("k", body);
        }
        assertThat(answer.status()).isEqualTo(201);
        return answer.data();
    }

    private Answer create(String key, String body) {
        return server.send(server.json("/livestream", server.apiKey(), body).header("Idempotency-Key", key));
    }

    /// As a program that has died in the middle of a request.
    private void leaveMark(String key, String body) {
        String sha256 = Sha256.hex(body.getBytes(StandardCharsets.UTF_8));
        try (Database database = server.database()) {
            new IdempotencyKeys(database, clock)
                    .begin(new IdempotencyKey(UUID.fromString(server.projectId()), key, sha256), UUID.randomUUID());
        }
    }

    private int total() {
        return server.get("/livestream").json().at("/meta/pagination/total").asInt();
    }

    private static void assertSame(Answer first, Answer again) {
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.response().body()).isEqualTo(first.response().body());
    }

    private static void assertError(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.json().required("code").asText()).isEqualTo(code);
    }
}
