package io.lunarstream.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.Answer;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestDatabases;
import io.lunarstream.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Several servers on one database, that of the first: on SQLite its file, which all of them open. Each has a data
/// directory of its own; what signs tokens is in the database. The first has the embedded media server.
final class Nodes implements AutoCloseable {
    /// What a test of any node needs to log in.
    private static final String CREDENTIALS = "credentials.json";

    /// Encrypts what signs tokens.
    static final String KEY = "bm90LWEtc2VjcmV0LW5vdC1hLXNlY3JldC1ub3QtYSE=";

    private static final String DATABASE = "lunar.db";

    /// A dead connection is noticed within 2 s, and a new one tried every second.
    private static final Duration TIME_TO_NOTICE = Duration.ofSeconds(20);

    private final MutableClock clock = new MutableClock();
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final List<TestServer> servers = new ArrayList<>();

    private Nodes(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment.putAll(environment);
        this.environment.put("LUNAR_SECRETS_KEY", KEY);
    }

    /// Starts them.
    ///
    /// @param folder of their data directories
    static Nodes start(int count, Path folder, Map<String, String> environment) throws IOException {
        Nodes nodes = new Nodes(folder, environment);
        Path first = Files.createDirectories(nodes.dataDirectory(0));
        nodes.environment.putAll(TestDatabases.environment(first));
        nodes.servers.add(nodes.started(0));
        for (int i = 1; i < count; i++) {
            Path next = Files.createDirectory(nodes.dataDirectory(i));
            Files.copy(first.resolve(CREDENTIALS), next.resolve(CREDENTIALS));
            Files.createSymbolicLink(next.resolve(DATABASE), first.resolve(DATABASE));
            nodes.servers.add(nodes.started(i));
        }
        return nodes;
    }

    private Path dataDirectory(int index) {
        return folder.resolve("node-" + index);
    }

    private TestServer started(int index) {
        Map<String, String> settings = new HashMap<>(environment);
        settings.put("LUNAR_ROLE", index == 0 ? "all" : "api");
        return TestServer.start(dataDirectory(index), clock, settings);
    }

    /// Starts one again, with other settings, which later ones have, too.
    TestServer restart(int index, Map<String, String> settings) {
        environment.putAll(settings);
        servers.get(index).close();
        servers.set(index, started(index));
        return servers.get(index);
    }

    MutableClock clock() {
        return clock;
    }

    TestServer get(int index) {
        return servers.get(index);
    }

    List<TestServer> all() {
        return List.copyOf(servers);
    }

    /// Waits until all of them say that Valkey is there, or not.
    void awaitValkey(String word) {
        for (TestServer server : servers) {
            await("valkey is " + word)
                    .atMost(TIME_TO_NOTICE)
                    .untilAsserted(() -> assertThat(
                                    health(server).path("checks").path("valkey").asText())
                            .isEqualTo(word));
        }
    }

    /// The body of `/health`, which works without Valkey, too.
    private static JsonNode health(TestServer server) {
        Answer answer = server.send(server.request("/health"));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    @Override
    public void close() {
        servers.forEach(TestServer::close);
    }
}
