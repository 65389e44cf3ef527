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
/// directory of its own with the keys of the first.
final class Nodes implements AutoCloseable {
    private static final List<String> SHARED_FILES =
            List.of("credentials.json", "access-token-key", "signing-keys.json", "opaque-token-key");

    private static final String DATABASE = "lunar.db";

    /// A dead connection is noticed within 2 s, and a new one tried every second.
    private static final Duration TIME_TO_NOTICE = Duration.ofSeconds(20);

    private final MutableClock clock = new MutableClock();
    private final List<TestServer> servers = new ArrayList<>();

    private Nodes() {}

    /// Starts them.
    ///
    /// @param folder of their data directories
    static Nodes start(int count, Path folder, Map<String, String> environment) throws IOException {
        Nodes nodes = new Nodes();
        Path first = Files.createDirectories(folder.resolve("node-0"));
        nodes.servers.add(TestServer.start(first, nodes.clock, environment));
        for (int i = 1; i < count; i++) {
            Path next = Files.createDirectory(folder.resolve("node-" + i));
            for (String file : SHARED_FILES) {
                if (Files.exists(first.resolve(file))) {
                    Files.copy(first.resolve(file), next.resolve(file));
                }
            }
            Files.createSymbolicLink(next.resolve(DATABASE), first.resolve(DATABASE));
            Map<String, String> settings = new HashMap<>(TestDatabases.environment(first));
            settings.putAll(environment);
            nodes.servers.add(TestServer.start(next, nodes.clock, settings));
        }
        return nodes;
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
