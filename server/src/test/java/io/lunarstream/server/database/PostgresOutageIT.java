package io.lunarstream.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.flv.FlvTag;
import io.lunarstream.rtmp.session.ClientEvent;
import io.lunarstream.server.Answer;
import io.lunarstream.server.Clip;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestPostgres;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.ingest.RtmpEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A PostgreSQL that is killed, starts again, or hands over to another, under load.
class PostgresOutageIT {
    /// What is promised is 3 s; a busy machine may take one more to notice.
    private static final Duration MAX_ANSWER = Duration.ofSeconds(4);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CLIENTS = 4;
    private static final List<FlvTag> CLIP = Clip.tags();

    private final TestPostgres postgres;
    private final DatabaseLocation.PostgresDatabase database;
    private final TestServer server;

    PostgresOutageIT(@TempDir Path files, @TempDir Path folder) {
        postgres = TestPostgres.in(files);
        database = postgres.database(folder);
        server = TestServer.start(folder, new MutableClock(), TestPostgres.environment(database));
    }

    @AfterEach
    void stop() {
        server.close();
        postgres.close();
    }

    @Test
    void nothingThatWasAnsweredIsLostWhenItIsKilledAndViewersNoticeNothing() throws IOException {
        JsonNode livestream = server.create("live");
        String streamKey = livestream.required("streamKey").asText();
        try (RtmpEncoder encoder = new RtmpEncoder(
                        server.rtmpPort(),
                        streamKey,
                        livestream.required("pushToken").asText());
                Load load = new Load()) {
            assertThat(encoder.ask()).isInstanceOf(ClientEvent.PublishAccepted.class);
            encoder.send(CLIP.subList(0, CLIP.size() / 10));
            await().until(() -> multivariantPlaylist(streamKey).status() == 200);
            await().until(() -> streamInfo(streamKey).response().body().contains("STARTED"));
            String played = mediaPlaylist(streamKey);
            await().atMost(PATIENCE).until(() -> load.created.size() >= 5 * CLIENTS);

            postgres.kill();
            await().atMost(PATIENCE).until(() -> load.refused.size() >= 2 * CLIENTS);
            assertThat(server.management("/health").status()).isEqualTo(503);
            assertThat(server.management("/health/live").status()).isEqualTo(200);
            assertThat(streamInfo(streamKey).status()).isEqualTo(200);
            encoder.send(CLIP.subList(CLIP.size() / 10, CLIP.size() / 5));
            await().until(() -> !mediaPlaylist(streamKey).equals(played));

            postgres.restart();
            int before = load.created.size();
            await().atMost(PATIENCE).until(() -> load.created.size() > before + CLIENTS);
            assertThat(server.management("/health").status()).isEqualTo(200);
            load.finish();
            assertThat(load.refused)
                    .allSatisfy(
                            answer -> assertThat(answer.header("retry-after")).matches("[1-9]"));
            assertThat(load.slowest).isLessThan(MAX_ANSWER);
            assertThat(load.created)
                    .allSatisfy(id ->
                            assertThat(server.get("/livestream/" + id).status()).isEqualTo(200));
        }
    }

    @Test
    void aServerThatBecomesAStandbyIsLeft() {
        String name = TestPostgres.name(database);
        server.create("before");
        postgres.execute("alter database " + name + " set default_transaction_read_only = on", hangUp(name));
        await().atMost(PATIENCE)
                .until(() ->
                        server.post("/livestream", server.createBody("a", "")).status() == 503);
        postgres.execute("alter database " + name + " reset default_transaction_read_only");
        await().atMost(PATIENCE)
                .until(() ->
                        server.post("/livestream", server.createBody("a", "")).status() == 201);
    }

    @Test
    void twoFirstStartsAtTheSameMomentMakeOneInstallation(@TempDir Path one, @TempDir Path other, @TempDir Path third)
            throws ExecutionException, InterruptedException {
        Map<String, String> empty = new HashMap<>(TestPostgres.environment(postgres.database(third)));
        empty.put("LUNAR_SECRETS_KEY", "bm90LWEtc2VjcmV0LW5vdC1hLXNlY3JldC1ub3QtYSE=");
        Map<String, String> api = new HashMap<>(empty);
        api.put("LUNAR_ROLE", "api");
        try (ExecutorService starts = Executors.newFixedThreadPool(2)) {
            Future<TestServer> first = starts.submit(() -> TestServer.start(one, new MutableClock(), empty));
            Future<TestServer> second = starts.submit(() -> TestServer.start(other, new MutableClock(), api));
            try (TestServer a = first.get();
                    TestServer b = second.get()) {
                assertThat(a.projectId()).isEqualTo(b.projectId());
                assertThat(publicKeys(a)).isEqualTo(publicKeys(b));
            }
        }
    }

    private static String publicKeys(TestServer server) {
        return server.send(server.request("//.well-known/jwks.json")).response().body();
    }

    @Test
    void aStartWithoutItEndsWithOneLine() {
        postgres.kill();
        assertThatThrownBy(() -> Database.open(database))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageStartingWith("The database is not available: ")
                .hasMessageNotContaining("\n");
        postgres.restart();
    }

    private static String hangUp(String name) {
        return "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'";
    }

    private Answer streamInfo(String streamKey) {
        return server.send(server.request("/livestreams/stream-info/" + streamKey));
    }

    private Answer multivariantPlaylist(String streamKey) {
        return server.send(server.request("//hls/" + streamKey + "/master.m3u8"));
    }

    private String mediaPlaylist(String streamKey) {
        String name = multivariantPlaylist(streamKey)
                .response()
                .body()
                .lines()
                .toList()
                .getLast();
        return server.send(server.request("//hls/" + streamKey + "/" + name))
                .response()
                .body();
    }

    /// Clients that create livestreams one after the other.
    private final class Load implements AutoCloseable {
        final Queue<String> created = new ConcurrentLinkedQueue<>();
        final Queue<Answer> refused = new ConcurrentLinkedQueue<>();
        volatile Duration slowest = Duration.ZERO;
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

        Load() {
            for (int i = 0; i < CLIENTS; i++) {
                clients.execute(this::createUntilOver);
            }
        }

        private void createUntilOver() {
            while (!isOver.get()) {
                long start = System.nanoTime();
                Answer answer = server.post("/livestream", server.createBody("a", ""));
                note(answer, Duration.ofNanos(System.nanoTime() - start));
            }
        }

        private synchronized void note(Answer answer, Duration took) {
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
            if (answer.status() == 201) {
                created.add(answer.data().required("id").asText());
            } else {
                refused.add(answer);
                assertThat(answer.status()).isEqualTo(503);
            }
        }

        /// What has been sent is answered after this.
        void finish() {
            isOver.set(true);
            clients.close();
        }

        @Override
        public void close() {
            finish();
        }
    }
}
