package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.flv.FlvTag;
import io.lunarstream.rtmp.session.ClientEvent;
import io.lunarstream.server.Clip;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.ingest.RtmpEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How soon a broadcast can be played: by what the encoder has sent until then, over RTMP and HLS.
class LaterBroadcastIT {
    /// A keyframe every second.
    private static final List<FlvTag> CLIP = Clip.tags();

    /// One keyframe, and more than one part.
    private static final List<FlvTag> HALF_A_SECOND =
            CLIP.stream().filter(tag -> tag.timestampMs() < 500).toList();

    private final Path folder;
    private final MutableClock clock = new MutableClock();
    private final JsonNode livestream;
    private TestServer server;

    LaterBroadcastIT(@TempDir Path folder) {
        this.folder = folder;
        server = TestServer.start(folder, clock, Map.of());
        livestream = server.create("again and again");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void canBePlayedWhenAThirdOfASecondOfItHasCome() throws IOException {
        broadcastForAWhile();
        server.close();
        server = TestServer.start(folder, clock, Map.of());
        try (RtmpEncoder encoder = publishing()) {
            encoder.send(HALF_A_SECOND);
            awaitStatus("STARTED");
            assertThat(mediaPlaylist("/hls", "master.m3u8"))
                    .contains("#EXT-X-TARGETDURATION:3\n", "PART-TARGET=0.334\n")
                    .containsOnlyOnce(",INDEPENDENT=YES\n")
                    .containsOnlyOnce("#EXTINF:")
                    .contains("#EXT-X-PRELOAD-HINT")
                    .doesNotContain("#EXT-X-ENDLIST");
            assertThat(mediaPlaylist("/live", "hls.m3u8"))
                    .contains("#EXT-X-TARGETDURATION:3\n")
                    .containsOnlyOnce("#EXTINF:")
                    .doesNotContain("#EXT-X-ENDLIST");
        }
    }

    @Test
    void cannotBePlayedBeforeItsFirstSegmentWhileNothingIsKnownOfTheEncoder() throws IOException {
        try (RtmpEncoder encoder = publishing()) {
            encoder.send(HALF_A_SECOND);
            encoder.goodbye();
            awaitStatus("ENDED");
        }
        assertThat(mediaPlaylist("/hls", "master.m3u8"))
                .as("closed by the end of the broadcast alone")
                .contains("#EXTINF:0.5")
                .endsWith("#EXT-X-ENDLIST\n");
    }

    /// What is remembered is measured once a second of the server's clock.
    private void broadcastForAWhile() throws IOException {
        try (RtmpEncoder encoder = publishing()) {
            encoder.send(CLIP.subList(0, CLIP.size() / 10));
            awaitStatus("STARTED");
            clock.advance(Duration.ofSeconds(2));
            encoder.send(CLIP.subList(CLIP.size() / 10, CLIP.size() / 5));
            encoder.goodbye();
        }
        awaitStatus("ENDED");
    }

    private RtmpEncoder publishing() throws IOException {
        RtmpEncoder encoder = new RtmpEncoder(
                server.rtmpPort(), streamKey(), livestream.required("pushToken").asText());
        assertThat(encoder.ask()).isInstanceOf(ClientEvent.PublishAccepted.class);
        return encoder;
    }

    private void awaitStatus(String status) {
        await().until(() -> server.get(
                        "/livestream/" + livestream.required("id").asText())
                .data()
                .required("status")
                .asText()
                .equals(status));
    }

    private String mediaPlaylist(String form, String multivariant) {
        String base = "/" + form + "/" + streamKey() + "/";
        String address = server.get(base + multivariant)
                .response()
                .body()
                .lines()
                .reduce((_, last) -> last)
                .orElseThrow();
        return server.get(base + address).response().body();
    }

    private String streamKey() {
        return livestream.required("streamKey").asText();
    }
}
