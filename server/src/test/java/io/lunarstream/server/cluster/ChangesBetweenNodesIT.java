package io.lunarstream.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.rtmp.session.ClientEvent;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.ingest.RtmpEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one node changes and another holds in memory. The clock stands still: nothing in memory gets old by itself.
class ChangesBetweenNodesIT {
    /// Promised are one second for revocations; the machine may have other work to do.
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    private ValkeyProcess valkey;
    private Nodes nodes;

    @BeforeEach
    void start() throws IOException {
        valkey = ValkeyProcess.start(folder);
        nodes = Nodes.start(2, folder, valkey.environment());
    }

    @AfterEach
    void stop() {
        nodes.close();
        valkey.close();
    }

    @Test
    void aChangedLivestreamIsSeenAtOnceOnTheOtherNode() {
        JsonNode livestream = seenOnBoth("first");
        rename(livestream, "second");
        await().atMost(AT_ONCE)
                .untilAsserted(() -> assertThat(name(nodes.get(1), livestream)).isEqualTo("second"));
    }

    @Test
    void messagesThatAreNotOursAreIgnored() {
        JsonNode livestream = seenOnBoth("first");
        List<String> foreign = List.of(
                "",
                "garbage",
                "\0\u0001",
                "{\"version\":1,\"type\":\"unknown\"}",
                "{\"version\":2,\"type\":\"livestream\",\"streamKey\":\"x\"}",
                "{\"version\":1,\"type\":\"livestream\",\"streamKey\":null}",
                "{\"version\":1,\"type\":\"livestream\",\"streamKey\":\"nobody's\"}",
                "[".repeat(100_000));
        foreign.forEach(valkey::publish);
        rename(livestream, "second");
        await().atMost(AT_ONCE)
                .untilAsserted(() -> assertThat(name(nodes.get(1), livestream)).isEqualTo("second"));
        nodes.awaitValkey("ok");
    }

    @Test
    void aMadeUpMessageCutsNobody() throws IOException {
        JsonNode livestream = nodes.get(0).create("a");
        try (RtmpEncoder encoder = publishingOn(nodes.get(0), livestream)) {
            String streamKey = livestream.required("streamKey").asText();
            valkey.publish(ChangeFormat.write(new Change.LivestreamChanged(streamKey)));
            valkey.publish(ChangeFormat.write(new Change.AnythingChanged()));
            revoke(livestream);
            assertThat(encoder.ask().toString()).contains("INVALID_PUSH_TOKEN");
        }
    }

    @Test
    void whatWasChangedWhileValkeyWasAwayIsSeenOnceItIsBack() throws Exception {
        JsonNode livestream = seenOnBoth("first");
        valkey.kill();
        nodes.awaitValkey("unavailable");
        rename(livestream, "second");
        assertThat(name(nodes.get(1), livestream)).isEqualTo("first");
        valkey.restart();
        nodes.awaitValkey("ok");
        await().atMost(AT_ONCE)
                .untilAsserted(() -> assertThat(name(nodes.get(1), livestream)).isEqualTo("second"));
    }

    @Test
    void aRevokedPushTokenCutsThePublisherOfTheOtherNodeWithAndWithoutValkey() throws Exception {
        for (boolean isAway : List.of(false, true)) {
            JsonNode livestream = nodes.get(0).create("a");
            try (RtmpEncoder encoder = publishingOn(nodes.get(0), livestream)) {
                if (isAway) {
                    valkey.kill();
                    nodes.awaitValkey("unavailable");
                }
                long startNs = System.nanoTime();
                revoke(livestream);
                assertThat(encoder.ask().toString()).contains("INVALID_PUSH_TOKEN");
                assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(AT_ONCE);
            }
        }
    }

    @Test
    void aNewSigningKeyIsPublishedByTheOtherNodeWithAndWithoutValkey() throws Exception {
        for (boolean isAway : List.of(false, true)) {
            if (isAway) {
                valkey.kill();
                nodes.awaitValkey("unavailable");
            }
            String keyId = nodes.get(0).rotateSigningKey(/* retireNow= */ true).keyId();
            TestServer second = nodes.get(1);
            await().atMost(AT_ONCE)
                    .untilAsserted(() -> assertThat(second.send(second.request("//.well-known/jwks.json"))
                                    .json()
                                    .required("keys"))
                            .singleElement()
                            .extracting(key -> key.required("kid").asText())
                            .isEqualTo(keyId));
        }
    }

    @Test
    void aRevokedApiKeyIsRefusedOnTheOtherNodeAtOnce() {
        TestServer first = nodes.get(0);
        String keys = "/admin/projects/" + first.projectId() + "/api-keys";
        JsonNode made = first.adminPost(keys, "{\"name\":\"short\"}").data();
        String key = made.required("apiKey").asText();
        TestServer second = nodes.get(1);
        assertThat(second.send(second.request("/livestream").header("ls-api-key", key))
                        .status())
                .isEqualTo(200);
        first.adminDelete(keys + "/" + made.required("id").asText());
        assertThat(second.send(second.request("/livestream").header("ls-api-key", key))
                        .status())
                .isEqualTo(401);
    }

    private JsonNode seenOnBoth(String name) {
        JsonNode livestream = nodes.get(0).create(name);
        nodes.all().forEach(server -> assertThat(name(server, livestream)).isEqualTo(name));
        return livestream;
    }

    private static String name(TestServer server, JsonNode livestream) {
        String path =
                "/livestreams/stream-info/" + livestream.required("streamKey").asText();
        return server.send(server.request(path)).data().required("name").asText();
    }

    private void rename(JsonNode livestream, String name) {
        String path = "/livestream/" + livestream.required("id").asText();
        assertThat(nodes.get(0).patch(path, "{\"name\":\"" + name + "\"}").status())
                .isEqualTo(200);
    }

    private void revoke(JsonNode livestream) {
        String body = "{\"livestreamId\":\"%s\",\"revokePrevious\":true}"
                .formatted(livestream.required("id").asText());
        assertThat(nodes.get(1).post("/livestream/generate-push-token", body).status())
                .isEqualTo(201);
    }

    private static RtmpEncoder publishingOn(TestServer server, JsonNode livestream) throws IOException {
        RtmpEncoder encoder = new RtmpEncoder(
                server.rtmpPort(),
                livestream.required("streamKey").asText(),
                livestream.required("pushToken").asText());
        assertThat(encoder.ask()).isInstanceOf(ClientEvent.PublishAccepted.class);
        return encoder;
    }
}
