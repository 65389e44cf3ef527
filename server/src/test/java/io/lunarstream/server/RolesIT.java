package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.ingest.RtmpEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a process of each role opens, and what it does not.
class RolesIT {
    private static final Map<String, String> API = Map.of("LUNAR_ROLE", "api");

    @TempDir
    Path folder = Path.of("");

    @Test
    void anApiNodeHasNoMediaServerAndSaysHowToAddOne() {
        try (TestServer server = TestServer.start(folder, new MutableClock(), API)) {
            assertThat(TestClient.credentialsIn(folder).properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactlyInAnyOrder(
                            "apiUrl", "managementUrl", "projectId", "apiKey", "adminEmail", "adminPassword");
            assertThat(server.server().report()).contains("an API node", "media-server add", "--role media");
            assertThat(server.adminGet("/admin/media-servers").data()).isEmpty();
            assertThat(server.get("/media-servers/available").data()).isEmpty();
            assertThat(server.management("/metrics").response().body())
                    .contains("jvm_memory_used_bytes")
                    .doesNotContain("lunar_publishers");
        }
    }

    @Test
    void aServerThatBecomesAnApiNodeKeepsItsLivestreamsEndsWhatWasLiveAndCanForgetItsMediaServer() throws IOException {
        MutableClock clock = new MutableClock();
        JsonNode livestream;
        String local;
        try (TestServer server = TestServer.start(folder, clock, Map.of())) {
            local = server.mediaServerId();
            livestream = server.create("kept");
            try (RtmpEncoder encoder = new RtmpEncoder(
                    server.rtmpPort(),
                    livestream.required("streamKey").asText(),
                    livestream.required("pushToken").asText())) {
                encoder.ask();
                encoder.send(Clip.tags().subList(0, Clip.tags().size() / 10));
                await().until(() -> status(server, livestream).equals("STARTED"));
            }
            assertThat(server.adminDelete("/admin/media-servers/" + local).status())
                    .as("it is in use, and it runs")
                    .isEqualTo(409);
        }
        try (TestServer server = TestServer.start(folder, clock, API)) {
            assertThat(TestClient.credentialsIn(folder).has("rtmpUrl")).isFalse();
            assertThat(server.get("/media-servers/available").data()).isEmpty();
            assertThat(status(server, livestream)).isEqualTo("STARTED");
            await().until(() -> {
                clock.advance(Duration.ofSeconds(30));
                return status(server, livestream).equals("ENDED");
            });
            server.delete("/livestream/" + livestream.required("id").asText());
            assertThat(server.adminDelete("/admin/media-servers/" + local).status())
                    .isEqualTo(200);
        }
    }

    private static String status(TestServer server, JsonNode livestream) {
        return server.get("/livestream/" + livestream.required("id").asText())
                .data()
                .required("status")
                .asText();
    }

    @Test
    void aMediaNodeStartsWithoutTheApiAndSaysSo() {
        Map<String, String> environment = Map.of(
                "LUNAR_ROLE", "media",
                "LUNAR_API_URLS", "http://127.0.0.1:9",
                "LUNAR_MEDIA_SERVER_SECRET", "ls_ms_v1_x");
        try (TestMediaNode node = TestMediaNode.start(folder, new MutableClock(), environment)) {
            assertThat(node.report()).contains("a media node", "http://127.0.0.1:9", "does not answer yet");
            assertThat(folder.resolve("lunar.db")).doesNotExist();
            Answer health = node.get("/health");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().at("/checks/api").asText()).isEqualTo("unavailable");
            Answer playlist = node.get("/hls/" + "0".repeat(32) + "/master.m3u8");
            assertThat(playlist.status()).isEqualTo(503);
            assertThat(node.get("/api/v1/livestream").status()).isEqualTo(404);
        }
    }
}
