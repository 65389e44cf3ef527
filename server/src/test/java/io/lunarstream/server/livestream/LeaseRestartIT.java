package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An API that has been away has heard of nobody, and gives everybody the time to be heard of.
class LeaseRestartIT {
    private final MutableClock clock = new MutableClock();

    @Test
    void afterARestartOfTheApiAllLeasesAndNodesBeginAnew(@TempDir Path folder) {
        String path;
        try (TestServer server = TestServer.start(folder, clock, Map.of())) {
            FakeNode node = FakeNode.register(server, clock, "node");
            node.report();
            JsonNode livestream = node.create(86_400);
            node.play(livestream);
            path = "/livestream/" + livestream.required("id").asText();
        }
        clock.advance(Duration.ofMinutes(10));
        try (TestServer server = TestServer.start(folder, clock, Map.of())) {
            assertThat(available(server)).contains("node");
            clock.advance(Duration.ofSeconds(40).minusMillis(1));
            FakeNode.awaitSweep(server);
            assertThat(available(server)).doesNotContain("node");
            assertThat(connected(server, path)).isTrue();
            clock.advance(Duration.ofMillis(1));
            await().until(() -> !connected(server, path));
            clock.advance(Duration.ofSeconds(30).minusMillis(1));
            FakeNode.awaitSweep(server);
            assertThat(status(server, path)).isEqualTo("STARTED");
            clock.advance(Duration.ofMillis(1));
            await().until(() -> status(server, path).equals("ENDED"));
        }
    }

    private static List<String> available(TestServer server) {
        return server.get("/media-servers/available")
                .data()
                .valueStream()
                .map(row -> row.required("name").asText())
                .toList();
    }

    private static boolean connected(TestServer server, String path) {
        return server.get(path).data().at("/ingest/connected").asBoolean();
    }

    private static String status(TestServer server, String path) {
        return server.get(path).data().required("status").asText();
    }
}
