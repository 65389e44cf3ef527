package io.lunarstream.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.livestream.ToldBroadcasts;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Requests that come at the same moment end as if one had come after the other.
@TestInstance(Lifecycle.PER_CLASS)
class RacesIT {
    private static final int CLIENTS = 8;

    /// How often each race is run: none is lost every time.
    private static final int ROUNDS = 5;

    private final MutableClock clock = new MutableClock();
    private final TestServer server;

    RacesIT(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
        server.accessToken();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @RepeatedTest(ROUNDS)
    void aRefreshTokenBuysOneSessionAndNoMore() {
        String credentials =
                "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(server.adminEmail(), server.adminPassword());
        JsonNode session = open("/auth/login", credentials).data();
        String token = "{\"refreshToken\":\"%s\"}"
                .formatted(session.required("refreshToken").asText());
        long before = audited("account.refresh_token_reused");
        List<Answer> answers = atOnce(CLIENTS, () -> open("/auth/refresh", token));
        assertThat(answers).extracting(Answer::status).containsOnlyOnce(200).containsOnly(200, 401);
        assertThat(audited("account.refresh_token_reused")).isEqualTo(before + 1);
    }

    @RepeatedTest(ROUNDS)
    void changesOfDifferentFieldsAreAllKept() {
        String id = created();
        atOnce(List.of(
                () -> patch(id, "\"name\":\"new\""),
                () -> patch(id, "\"externalId\":\"x" + id + "\""),
                () -> patch(id, "\"metadata\":{\"a\":\"b\"}")));
        JsonNode livestream = server.get("/livestream/" + id).data();
        assertThat(livestream.required("name").asText()).isEqualTo("new");
        assertThat(livestream.required("externalId").asText()).isEqualTo("x" + id);
        assertThat(livestream.at("/metadata/a").asText()).isEqualTo("b");
    }

    @RepeatedTest(ROUNDS)
    void theDeadlineIsTheLatestOfAllTokens() {
        String id = created();
        List<Answer> answers = atOnce(IntStream.range(0, CLIENTS)
                .mapToObj(i -> (Supplier<Answer>) () -> token(id, ",\"expiresIn\":" + (7200 + i * 600)))
                .toList());
        Instant latest = answers.stream()
                .map(answer -> Instant.parse(answer.data().required("expiresAt").asText()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        assertThat(Instant.parse(server.get("/livestream/" + id)
                        .data()
                        .required("pushTokenExpiresAt")
                        .asText()))
                .isEqualTo(latest);
    }

    @RepeatedTest(ROUNDS)
    void ofSeveralTokensThatRevokeTheOthersOneIsLeft() {
        String id = created();
        atOnce(CLIENTS, () -> token(id, ",\"revokePrevious\":true"));
        try (Database database = server.database()) {
            int good = database.read(handle -> handle.createQuery(
                            "select count(*) from push_token where livestream_id = :id and revoked_at is null")
                    .bind("id", UUID.fromString(id))
                    .mapTo(Integer.class)
                    .one());
            assertThat(good).isOne();
        }
    }

    @RepeatedTest(ROUNDS)
    void anExternalIdIsGivenOnce() {
        String body = server.createBody("a", ",\"externalId\":\"" + UUID.randomUUID() + "\"");
        List<Answer> answers = atOnce(CLIENTS, () -> server.post("/livestream", body));
        assertThat(answers).extracting(Answer::status).containsOnlyOnce(201).containsOnly(201, 409);
    }

    @RepeatedTest(ROUNDS)
    void whatIsDoneOnceIsAuditedOnce() {
        UUID mediaServer = server.makeMediaServer("drained " + UUID.randomUUID());
        long drained = audited("media_server.drain");
        atOnce(CLIENTS, () -> server.adminPost("/admin/media-servers/" + mediaServer + "/drain", ""));
        assertThat(audited("media_server.drain")).isEqualTo(drained + 1);
        String id = created();
        long deleted = audited("livestream.delete");
        List<Answer> answers = atOnce(CLIENTS, () -> server.delete("/livestream/" + id));
        assertThat(answers).extracting(Answer::status).containsOnlyOnce(200).containsOnly(200, 404);
        assertThat(audited("livestream.delete")).isEqualTo(deleted + 1);
    }

    /// Whoever is late is ignored: the token that a start came in on is revoked, or the start has ended with it.
    @RepeatedTest(ROUNDS)
    void aBroadcastDoesNotStartOnATokenThatIsBeingRevoked() {
        UUID id = UUID.fromString(created());
        try (ToldBroadcasts media = new ToldBroadcasts(server, clock)) {
            atOnce(List.of(
                    () -> {
                        media.playable(id, clock.instant());
                        return 201;
                    },
                    () -> token(id.toString(), ",\"revokePrevious\":true").status()));
        }
        assertThat(server.get("/livestream/" + id).data().required("status").asText())
                .isEqualTo("READY_FOR_USE");
    }

    @RepeatedTest(ROUNDS)
    void aLivestreamIsNeverOnAMediaServerThatIsGone() {
        UUID mediaServer = server.makeMediaServer("removed " + UUID.randomUUID());
        String body = server.createBody("a", "").replace(server.mediaServerId(), mediaServer.toString());
        List<Answer> answers = atOnce(List.of(
                () -> server.post("/livestream", body),
                () -> server.adminDelete("/admin/media-servers/" + mediaServer)));
        int created = answers.getFirst().status();
        assertThat(created).isIn(201, 404);
        assertThat(answers.getLast().status()).isEqualTo(created == 201 ? 409 : 200);
    }

    private Answer open(String path, String json) {
        return server.send(
                server.request(path).header("content-type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    private String created() {
        return server.create("a").required("id").asText();
    }

    private Answer patch(String id, String fields) {
        Answer answer = server.patch("/livestream/" + id, "{" + fields + "}");
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }

    private Answer token(String id, String more) {
        Answer answer = server.post("/livestream/generate-push-token", "{\"livestreamId\":\"" + id + "\"" + more + "}");
        assertThat(answer.status()).isEqualTo(201);
        return answer;
    }

    private long audited(String action) {
        return server.adminGet("/admin/audit?action=" + action)
                .json()
                .requiredAt("/meta/pagination/total")
                .asLong();
    }

    private static <T> List<T> atOnce(int clients, Supplier<T> request) {
        return atOnce(IntStream.range(0, clients).mapToObj(_ -> request).toList());
    }

    /// What each answers when all are sent together, in the order of the requests.
    private static <T> List<T> atOnce(List<Supplier<T>> requests) {
        CyclicBarrier start = new CyclicBarrier(requests.size());
        try (ExecutorService clients = Executors.newFixedThreadPool(requests.size())) {
            List<Callable<T>> tasks = requests.stream()
                    .map(request -> (Callable<T>) () -> {
                        start.await(10, TimeUnit.SECONDS);
                        return request.get();
                    })
                    .toList();
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : clients.invokeAll(tasks)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
