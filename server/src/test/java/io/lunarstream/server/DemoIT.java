package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The test picture, broadcast by the server to itself.
class DemoIT {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    @TempDir
    Path folder = Path.of("");

    private final MutableClock clock = new MutableClock();
    private final List<String> announced = new CopyOnWriteArrayList<>();

    @Test
    void theTestPictureCanBeWatched() {
        try (TestServer server = start()) {
            String page = awaitPage(1);
            assertThat(page).contains("/api/v1/livestreams/preview-playback/");
            String master = "//hls/" + streamKey(page) + "/master.m3u8";
            await().atMost(LONG_ENOUGH)
                    .until(() -> server.send(server.request(master)).status() == 200);
            assertThat(server.send(server.request(master)).response().body())
                    .contains("CODECS=\"avc1.4d401f,mp4a.40.2\"", "RESOLUTION=640x360");
            JsonNode livestream = demo(server);
            assertThat(livestream.required("name").asText()).isEqualTo("Demo");
            assertThat(livestream.required("previewPlayback").asText()).isEqualTo(page);
        }
    }

    @Test
    void aLaterStartGoesOnWithTheSameLivestreamEvenWithoutTheCredentialsFile() throws IOException {
        String first;
        try (TestServer _ = start()) {
            first = awaitPage(1);
        }
        Files.delete(folder.resolve("credentials.json"));
        try (TestServer _ = start()) {
            assertThat(streamKey(awaitPage(2))).isEqualTo(streamKey(first));
        }
    }

    @Test
    void itsPushTokenIsRenewedLongBeforeItEnds() {
        try (TestServer server = start()) {
            awaitPage(1);
            Instant firstExpiry = expiry(server);
            clock.advance(Duration.ofHours(13));
            await().atMost(LONG_ENOUGH).until(() -> expiry(server), firstExpiry.plus(Duration.ofHours(12))::isBefore);
            assertThat(announced).hasSize(1);
        }
    }

    @Test
    void itComesBackWhenItsLivestreamIsDeleted() {
        try (TestServer server = start()) {
            String first = awaitPage(1);
            server.delete("/livestream/" + demo(server).required("id").asText());
            assertThat(streamKey(awaitPage(2))).isNotEqualTo(streamKey(first));
        }
    }

    private TestServer start() {
        TestServer server = TestServer.start(folder, clock, Map.of());
        server.server().demo().start(announced::add);
        return server;
    }

    private String awaitPage(int count) {
        await().atMost(LONG_ENOUGH).until(() -> announced.size() >= count);
        return announced.get(count - 1);
    }

    private static JsonNode demo(TestServer server) {
        return server.get("/livestream?search=demo").data().get(0);
    }

    private static Instant expiry(TestServer server) {
        return Instant.parse(demo(server).required("pushTokenExpiresAt").asText());
    }

    private static String streamKey(String page) {
        return page.substring(page.lastIndexOf('/') + 1);
    }
}
