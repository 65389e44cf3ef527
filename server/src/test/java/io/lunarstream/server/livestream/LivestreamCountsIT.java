package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.Row;
import io.lunarstream.server.live.EndReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The totals of lists, which are kept and not counted, are those of what is there.
class LivestreamCountsIT {
    private static final int CLIENTS = 6;
    private static final int REQUESTS_EACH = 40;

    private final MutableClock clock = new MutableClock();
    private final TestServer server;
    private final List<UUID> made = new CopyOnWriteArrayList<>();

    LivestreamCountsIT(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void totalsAreRightAfterWhateverHappensAtTheSameTime(long seed) throws InterruptedException, ExecutionException {
        made.add(create());
        try (ToldBroadcasts media = new ToldBroadcasts(server, clock);
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Integer>> tasks = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> (Callable<Integer>) () -> work(new Random(seed * CLIENTS + client), media))
                    .toList();
            for (Future<Integer> done : clients.invokeAll(tasks)) {
                assertThat(done.get()).isEqualTo(REQUESTS_EACH);
            }
        }
        assertThat(wrong()).isEmpty();
        await().until(() -> !areChangesWaiting());
        assertThat(wrong()).isEmpty();
        assertTotalsAreThoseOfTheLists();
    }

    private int work(Random random, ToldBroadcasts media) {
        for (int i = 0; i < REQUESTS_EACH; i++) {
            UUID id = made.get(random.nextInt(made.size()));
            switch (random.nextInt(8)) {
                case 0, 1 -> made.add(create());
                case 2 -> token(id, "");
                case 3 -> token(id, ",\"revokePrevious\":true,\"expiresIn\":60");
                case 4 -> media.playable(id, clock.instant());
                case 5 -> media.ended(id, ended(random), clock.instant());
                case 6 -> clock.advance(Duration.ofSeconds(random.nextInt(20)));
                default -> leave(id, random);
            }
        }
        return REQUESTS_EACH;
    }

    private static EndReason ended(Random random) {
        return random.nextBoolean() ? EndReason.CLIENT_STOPPED : EndReason.TOKEN_EXPIRED;
    }

    private void leave(UUID id, Random random) {
        Answer answer = random.nextBoolean() ? server.end(id.toString()) : server.delete("/livestream/" + id);
        assertThat(answer.status()).isIn(200, 404, 409);
    }

    private UUID create() {
        return UUID.fromString(
                server.create("a", ",\"expiresIn\":90").required("id").asText());
    }

    private void token(UUID id, String more) {
        String body = "{\"livestreamId\":\"" + id + "\"" + more + "}";
        assertThat(server.post("/livestream/generate-push-token", body).status())
                .isIn(201, 404);
    }

    /// More than the sweeper writes down in one transaction.
    @Test
    void whatHasExpiredMeanwhileIsCountedAsSuchBeforeAndAfterThatIsWritten() {
        int many = StatusRepository.MOST_AT_ONCE + 5;
        create();
        insertCopies(many - 1);
        clock.advance(Duration.ofSeconds(90));
        assertThat(total("?status=READY_FOR_USE")).isZero();
        assertThat(total("?status=TOKEN_EXPIRED")).isEqualTo(many);
        assertThat(total("")).isEqualTo(many);
        await().until(() -> counted().equals(Map.of(LivestreamStatus.TOKEN_EXPIRED, (long) many)));
        assertThat(total("?status=READY_FOR_USE")).isZero();
        assertThat(total("?status=TOKEN_EXPIRED")).isEqualTo(many);
        assertThat(server.get("/livestream?status=TOKEN_EXPIRED&limit=100&page=11")
                        .data())
                .hasSize(5);
    }

    private void insertCopies(int copies) {
        LivestreamRepository livestreams = new LivestreamRepository();
        try (Database database = server.database()) {
            database.run(handle -> {
                for (int i = 0; i < copies; i++) {
                    UUID id = UUID.randomUUID();
                    NewLivestream copy = new NewLivestream(
                            id,
                            UUID.fromString(server.projectId()),
                            UUID.fromString(server.mediaServerId()),
                            "copy",
                            Optional.empty(),
                            Map.of(),
                            id.toString().replace("-", ""));
                    livestreams.insert(handle, copy, clock.instant().plusSeconds(90), clock.instant());
                }
            });
        }
    }

    private void assertTotalsAreThoseOfTheLists() {
        List<String> all = new ArrayList<>();
        for (LivestreamStatus status : LivestreamStatus.values()) {
            List<String> ids = listed("status=" + status + "&");
            assertThat(total("?status=" + status)).isEqualTo(ids.size());
            all.addAll(ids);
        }
        assertThat(all).doesNotHaveDuplicates().hasSize((int) total(""));
        assertThat(listed("")).containsExactlyInAnyOrderElementsOf(all);
    }

    private List<String> listed(String filter) {
        List<String> ids = new ArrayList<>();
        for (int page = 1; ids.size() == (page - 1) * 100; page++) {
            JsonNode data = server.get("/livestream?" + filter + "limit=100&page=" + page)
                    .data();
            data.forEach(livestream -> ids.add(livestream.required("id").asText()));
        }
        return ids;
    }

    private long total(String query) {
        return server.get("/livestream" + query)
                .json()
                .at("/meta/pagination/total")
                .asLong();
    }

    private boolean areChangesWaiting() {
        try (Database database = server.database()) {
            return database.read(new LivestreamCountRepository()::anyChange);
        }
    }

    private Map<LivestreamStatus, Long> counted() {
        return byStatus("select status, count(*) as n from livestream where deleted_at is null group by status");
    }

    /// By how much each count is wrong, of those that are; at one moment, for the sweeper is at work.
    private Map<LivestreamStatus, Long> wrong() {
        return byStatus("""
                select status, sum(n) as n from (
                    select status, livestreams as n from livestream_count
                    union all select status, difference from livestream_count_change
                    union all select status, -1 from livestream where deleted_at is null) counts
                group by status having sum(n) <> 0""");
    }

    private Map<LivestreamStatus, Long> byStatus(String sql) {
        Map<LivestreamStatus, Long> counts = new EnumMap<>(LivestreamStatus.class);
        try (Database database = server.database()) {
            database.read(handle -> handle.createQuery(sql)
                            .map((results, context) -> Map.entry(
                                    LivestreamStatus.valueOf(new Row(results).text("status")),
                                    new Row(results).longInteger("n")))
                            .list())
                    .forEach(count -> counts.put(count.getKey(), count.getValue()));
        }
        return counts;
    }
}
