package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The address of the player, as the API gives it, in a real Chromium.
class PreviewPageIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private static Path dataDir;

    private static LunarServer server;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        server = LunarServer.start(dataDir);
        chromium = Chromium.start();
    }

    @AfterAll
    static void close() {
        chromium.close();
        server.close();
    }

    @Test
    void waitsPlaysAndSaysGoodbye() {
        Livestream livestream = server.api().create("<b>Harbour</b> & concert");
        PreviewPage page = chromium.open(livestream.previewPlayback());
        page.awaitState("waiting", SOON);
        assertThat(page.page().textContent("h1")).isEqualTo("<b>Harbour</b> & concert");
        try (FfmpegPublisher publisher =
                FfmpegPublisher.push(livestream.pushAddress(), FfmpegPublisher.Encoding.SMALL)) {
            page.awaitState("live", SOON);
            page.awaitPlayback(Duration.ofSeconds(3), SOON);
            assertThat(page.videoWidth()).isEqualTo(640);
            publisher.stop();
        }
        page.awaitState("ended", SOON);
        assertThat(page.problems()).isEmpty();
    }

    @Test
    void goesOnAfterTheEncoderWasAway() {
        Livestream livestream = server.api().create("comes back");
        PreviewPage page = chromium.open(livestream.previewPlayback());
        try (FfmpegPublisher publisher =
                FfmpegPublisher.push(livestream.pushAddress(), FfmpegPublisher.Encoding.SMALL)) {
            page.awaitState("live", SOON);
            publisher.kill();
        }
        page.awaitState("reconnecting", SOON);
        try (FfmpegPublisher _ = FfmpegPublisher.push(livestream.pushAddress(), FfmpegPublisher.Encoding.SMALL)) {
            page.awaitState("live", SOON);
            page.awaitPlayback(Duration.ofSeconds(3), SOON);
        }
        assertThat(page.problems()).isEmpty();
    }

    @Test
    void saysThatThereIsNoSuchStream() {
        Livestream livestream = server.api().create("deleted");
        server.api().delete(livestream.id());
        PreviewPage page = chromium.open(livestream.previewPlayback());
        assertThat(page.state()).isEqualTo("unknown");
        assertThat(server.hls().get(URI.create(livestream.previewPlayback())).statusCode())
                .isEqualTo(404);
    }
}
