package io.lunarstream.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.server.Answer;
import io.lunarstream.server.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rate limits of three nodes that share a Valkey. Partner API, section 6: a limit holds across all API nodes.
class SharedLimitsIT {
    private static final String PATH = "/media-servers/available";

    /// What a request may take beside waiting for Valkey, on a machine with other work to do.
    private static final Duration SLACK = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private ValkeyProcess valkey;
    private Nodes nodes;

    @BeforeEach
    void start() throws IOException {
        valkey = ValkeyProcess.start(folder);
        Map<String, String> environment = new HashMap<>(valkey.environment());
        environment.put("LUNAR_RATE_LIMITS_PARTNER_REQUESTS", "100");
        environment.put("LUNAR_RATE_LIMITS_PUBLIC_REQUESTS", "2");
        environment.put("LUNAR_RATE_LIMITS_PUBLIC_WINDOW", "1s");
        nodes = Nodes.start(3, folder, environment);
    }

    @AfterEach
    void stop() {
        nodes.close();
        valkey.close();
    }

    @Test
    void ofThreeHundredRequestsToThreeNodesExactlyOneHundredPass() throws Exception {
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> sent = IntStream.range(0, 300)
                    .mapToObj(i -> threads.submit(() -> nodes.get(i % 3).get(PATH)))
                    .toList();
            for (Future<Answer> answer : sent) {
                answers.add(answer.get());
            }
        }
        List<String> remaining = answers.stream()
                .filter(answer -> answer.status() == 200)
                .map(answer -> answer.header("RateLimit").replaceAll(".*;r=(\\d+);.*", "$1"))
                .toList();
        assertThat(remaining)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).mapToObj(Integer::toString).toList());
        assertThat(answers).filteredOn(answer -> answer.status() != 200).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(429);
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        });
    }

    @Test
    void aWindowOpensWithTheFirstRequestAfterTheOneBeforeHasClosed() {
        String path = "/livestreams/stream-info/x";
        for (TestServer server : nodes.all().subList(0, 2)) {
            assertThat(server.send(server.request(path)).status()).isEqualTo(404);
        }
        TestServer third = nodes.get(2);
        Answer refused = third.send(third.request(path));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(third.send(third.request(path)).header("RateLimit"))
                        .isEqualTo("\"public\";r=1;t=1"));
    }

    @Test
    void withoutValkeyEachNodeGoesOnByItsOwnCountAndComesBackByItself() throws Exception {
        TestServer first = nodes.get(0);
        for (int i = 0; i < 60; i++) {
            first.get(PATH);
        }
        valkey.kill();
        assertThat(remaining(first)).isEqualTo(39);
        assertThat(remaining(nodes.get(1))).isEqualTo(99);
        nodes.awaitValkey("unavailable");
        assertThat(metrics(first))
                .contains("lunar_valkey_up 0.0")
                .containsPattern("lunar_rate_limits_local_total [1-9]");
        valkey.restart();
        nodes.awaitValkey("ok");
        assertThat(metrics(first)).contains("lunar_valkey_up 1.0");
        assertThat(nodes.all().stream().map(SharedLimitsIT::remaining)).containsExactly(99, 98, 97);
    }

    @Test
    void noRequestFailsOrWaitsLongWhileValkeyIsKilledAndComesBack() throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        Queue<Duration> times = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (TestServer server : nodes.all()) {
                clients.add(threads.submit(() -> {
                    while (enough.getCount() > 0) {
                        long startNs = System.nanoTime();
                        statuses.add(server.get(PATH).status());
                        times.add(Duration.ofNanos(System.nanoTime() - startNs));
                    }
                }));
            }
            try {
                valkey.kill();
                nodes.awaitValkey("unavailable");
                valkey.restart();
                nodes.awaitValkey("ok");
            } finally {
                enough.countDown();
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }
        assertThat(statuses).isNotEmpty().isSubsetOf(200, 429);
        assertThat(times).allSatisfy(time -> assertThat(time).isLessThan(Valkey.PATIENCE.plus(SLACK)));
    }

    @Test
    void aValkeyThatStopsAnsweringHoldsUpOneRequestAndNoOther() throws Exception {
        nodes.get(0).get(PATH);
        valkey.freeze();
        try {
            List<Duration> times = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                long startNs = System.nanoTime();
                assertThat(remaining(nodes.get(0))).isEqualTo(98 - i);
                times.add(Duration.ofNanos(System.nanoTime() - startNs));
            }
            assertThat(times)
                    .filteredOn(time -> time.compareTo(Valkey.PATIENCE) >= 0)
                    .hasSizeLessThanOrEqualTo(3);
            nodes.awaitValkey("unavailable");
        } finally {
            valkey.thaw();
        }
        nodes.awaitValkey("ok");
    }

    @Test
    void aValkeyThatTakesConnectionsAndNeverAnswersIsAway() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                ServerSocket silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            Queue<Socket> taken = new ConcurrentLinkedQueue<>();
            var _ = threads.submit(() -> {
                while (true) {
                    taken.add(silent.accept());
                }
            });
            Map<String, String> environment = Map.of("LUNAR_VALKEY_URL", "redis://127.0.0.1:" + silent.getLocalPort());
            try (Nodes alone = Nodes.start(1, folder.resolve("alone"), environment)) {
                alone.awaitValkey("unavailable");
                await().atMost(Duration.ofSeconds(20)).until(() -> taken.size() >= 3);
                for (int i = 0; i < 20; i++) {
                    long startNs = System.nanoTime();
                    assertThat(alone.get(0).get(PATH).status()).isEqualTo(200);
                    assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Valkey.PATIENCE.plus(SLACK));
                }
                await("given up connections are closed")
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> isClosed(taken));
            } finally {
                for (Socket socket : taken) {
                    socket.close();
                }
            }
        }
    }

    /// Whether the other end of the first connection has closed it.
    private static boolean isClosed(Queue<Socket> taken) throws IOException {
        Socket first = taken.element();
        first.setSoTimeout(100);
        byte[] greeting = new byte[1024];
        int length = first.getInputStream().read(greeting);
        return length < 0;
    }

    private static int remaining(TestServer server) {
        return Integer.parseInt(server.get(PATH).header("RateLimit").replaceAll(".*;r=(\\d+);.*", "$1"));
    }

    private static String metrics(TestServer server) {
        return server.management("/metrics").response().body();
    }
}
