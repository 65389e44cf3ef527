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
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the API and the metrics tell of encoders and viewers.
class MediaMetricsIT {
    private static final List<FlvTag> CLIP = Clip.tags();

    /// Six seconds, three segments.
    private static final int PART = CLIP.size() / 10;

    private final MutableClock clock = new MutableClock();
    private final TestServer server;
    private final JsonNode livestream;
    private final String streamKey;

    MediaMetricsIT(@TempDir Path folder) {
        server = TestServer.start(folder, clock, Map.of());
        livestream =
                server.post("/livestream", server.createBody("watched", "")).data();
        streamKey = livestream.required("streamKey").asText();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellWhatAnEncoderSendsAndWhoWatches() throws IOException {
        try (RtmpEncoder encoder = encoder(livestream.required("pushToken").asText())) {
            assertThat(encoder.ask()).isInstanceOf(ClientEvent.PublishAccepted.class);
            encoder.send(CLIP.subList(0, PART));
            await().until(() ->
                    server.get("//hls/" + streamKey + "/master.m3u8").status() == 200);
            clock.advance(Duration.ofSeconds(2));
            encoder.send(CLIP.subList(PART, 2 * PART));
            assertThat(server.get(playlist()).status()).isEqualTo(200);

            await().until(() -> ingest().required("bitrateKbps").isNumber());
            JsonNode ingest = ingest();
            assertThat(ingest.required("longestKeyframeIntervalSeconds").asDouble())
                    .isEqualTo(1.0);
            assertThat(ingest.required("timestampRepairs").asInt()).isZero();
            assertThat(ingest.required("audioAheadMs").asInt()).isBetween(-200, 200);
            assertThat(ingest.required("warnings").isEmpty()).isTrue();
            assertThat(shown().required("viewers").asInt()).isEqualTo(1);

            await().until(() -> count("lunar_hls_bytes_total{kind=\"playlist\"}") > 0);
            assertThat(count("lunar_viewers")).isEqualTo(1);
            assertThat(count("lunar_publishers")).isEqualTo(1);
            assertThat(count("lunar_broadcasts")).isEqualTo(1);
            assertThat(count("lunar_ingest_bytes_total")).isGreaterThan(10_000);
            assertThat(count("lunar_ingest_pictures_total")).isGreaterThan(20);
            assertThat(count("lunar_media_memory_bytes")).isGreaterThan(10_000);
            assertThat(server.management("/metrics").response().body()).doesNotContain(streamKey);

            clock.advance(Duration.ofMinutes(1));
            assertThat(shown().required("viewers").asInt()).isZero();
        }
    }

    @Test
    void tellWhoWasTurnedAway() throws IOException {
        try (RtmpEncoder encoder = encoder("made up")) {
            assertThat(encoder.refusal()).contains("INVALID_PUSH_TOKEN");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.rtmpPort())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isNegative();
        }
        assertThat(count("lunar_ingest_refusals_total{reason=\"invalid_push_token\"}"))
                .isEqualTo(1);
        assertThat(count("lunar_ingest_refusals_total{reason=\"malformed\"}")).isEqualTo(1);
        assertThat(count("lunar_ingest_refusals_total{reason=\"server_full\"}")).isZero();
    }

    @Test
    void tellHowManyConnectionsOfAnAddressWereTooMany() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 25; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), server.rtmpPort()));
            }
            await().until(() -> count("lunar_ingest_refusals_total{reason=\"crowded\"}") == 5);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private RtmpEncoder encoder(String pushToken) throws IOException {
        return new RtmpEncoder(server.rtmpPort(), streamKey, pushToken);
    }

    /// Address of the media playlist.
    private String playlist() {
        String multivariant =
                server.get("//hls/" + streamKey + "/master.m3u8").response().body();
        return "//hls/" + streamKey + "/"
                + multivariant.lines().reduce((_, last) -> last).orElseThrow();
    }

    private JsonNode shown() {
        return server.get("/livestream/" + livestream.required("id").asText()).data();
    }

    private JsonNode ingest() {
        return shown().required("ingest");
    }

    private double count(String name) {
        return server.management("/metrics")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }
}
