package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.playlist.HlsForm;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A later broadcast of a livestream, whose keyframe interval is remembered: with the same encoder, and with one of
/// other habits. FFmpeg sends; a strict viewer, Chromium with hls.js and FFmpeg play.
class LaterBroadcastIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration EARLIER = Duration.ofSeconds(8);

    /// 30 pictures a second, a keyframe every 2 s.
    private static final FfmpegPublisher.Encoding REMEMBERED =
            new FfmpegPublisher.Encoding("640x360", /* frameRate= */ 30, /* bFrames= */ 0, 60, /* videoKbps= */ 500);

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

    @ParameterizedTest
    @CsvSource({
        "30, 60, the same",
        "30, 180, a longer interval than remembered",
        "30, 15, a shorter one",
        "25, 50, another frame rate",
        "12, 24, few pictures"
    })
    void isPlayedFromItsFirstPartOn(int frameRate, int keyframeIntervalFrames, String habits) {
        Livestream livestream = server.api().create("later, " + habits);
        try (FfmpegPublisher earlier = FfmpegPublisher.push(livestream.pushAddress(), REMEMBERED, EARLIER)) {
            earlier.awaitEnd(SOON);
        }
        server.api().awaitStatus(livestream.id(), "ENDED", SOON);
        URI before = server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON);
        PreviewPage page = new PreviewPage(chromium.newPage());
        page.open(livestream.previewPlayback());
        page.awaitState("ended", SOON);
        FfmpegPublisher.Encoding encoding =
                new FfmpegPublisher.Encoding("640x360", frameRate, 0, keyframeIntervalFrames, 500);
        try (FfmpegPublisher publisher = FfmpegPublisher.push(livestream.pushAddress(), encoding)) {
            LowLatencyViewer viewer = new LowLatencyViewer(server.hls(), next(livestream, before));
            assertThat(viewer.playlist().segments().getFirst().parts())
                    .as("the first segment is its first part")
                    .hasSize(1);
            long first = viewer.playlist().nextMediaSequence();
            while (viewer.playlist().nextMediaSequence() < first + 6) {
                viewer.fetchHint();
                viewer.next();
            }
            page.awaitState("live", SOON);
            page.awaitPlayback(Duration.ofSeconds(5), SOON);
            assertThat(page.problems()).isEmpty();
            publisher.stop();
        } finally {
            page.page().close();
        }
        server.api().awaitStatus(livestream.id(), "ENDED", SOON);
        for (HlsForm form : HlsForm.values()) {
            FfmpegDecoder.decodeWithoutAnError(server.hls().multivariantAddress(form, livestream.streamKey()));
        }
    }

    /// Waits until the multivariant playlist leads elsewhere.
    private static URI next(Livestream livestream, URI before) {
        return Awaitility.await("the next playlist")
                .atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON),
                        now -> !now.equals(before));
    }
}
