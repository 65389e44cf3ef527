package io.lunarstream.server.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.publisher.PublishCommand.PublishException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `publish` against our own server.
class PublishCommandIT {
    private final TestServer server;
    private final Path clip;

    PublishCommandIT(@TempDir Path folder) throws IOException {
        server = TestServer.start(folder);
        clip = Files.write(folder.resolve("clip.flv"), FlvBytes.testPicture(/* untilMs= */ 3_000));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRecordingSentOnceIsABroadcastThatEndsWithAGoodbye() throws Exception {
        JsonNode livestream = server.create("recording");
        PublishCommand.parse(List.of("--once", clip.toString(), address(livestream, livestream)))
                .run();
        String id = livestream.required("id").asText();
        await().until(
                        () -> server.get("/livestream/" + id)
                                .data()
                                .required("status")
                                .asText(),
                        "ENDED"::equals);
        assertThat(server.get("/livestream/" + id).data().required("endReason").asText())
                .isEqualTo("client_stopped");
    }

    @Test
    void aRefusalIsToldInTheServersWordsAndWithoutTheToken() {
        JsonNode livestream = server.create("one");
        JsonNode other = server.create("another");
        String token = other.required("pushToken").asText();
        assertThatThrownBy(() -> PublishCommand.parse(List.of(clip.toString(), address(livestream, other)))
                        .run())
                .isInstanceOf(PublishException.class)
                .hasMessage("the server refused: NetStream.Publish.Denied"
                        + " (TOKEN_MISMATCH: Push token does not match stream)")
                .hasMessageNotContaining(token);
    }

    private static String address(JsonNode livestream, JsonNode tokenOf) {
        return livestream.required("rtmpServer").asText() + "/"
                + livestream.required("streamKey").asText() + "?pushToken="
                + tokenOf.required("pushToken").asText();
    }
}
