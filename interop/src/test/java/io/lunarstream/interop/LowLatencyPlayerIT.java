package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.playlist.HlsForm;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Low latency with real programs: FFmpeg sends, a strict viewer and Chromium with hls.js play. How low it is, is
/// printed: a busy machine is no fault of the server's.
class LowLatencyPlayerIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    /// A player that has fallen behind catches up by a tenth of the time.
    private static final Duration TIME_TO_CATCH_UP = Duration.ofSeconds(90);

    /// What hls.js adds to the hold back of its own accord, when a busy machine has made it stall.
    private static final double SLACK_SECONDS = 2;

    private static final int SAMPLES = 100;
    private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(150);

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
    void aStrictViewerFollowsEveryPart() {
        Livestream livestream = server.api().create("part by part");
        try (FfmpegPublisher publisher =
                FfmpegPublisher.push(livestream.pushAddress(), FfmpegPublisher.Encoding.SMALL)) {
            URI address = server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON);
            LowLatencyViewer viewer = new LowLatencyViewer(server.hls(), address);
            long first = viewer.playlist().nextMediaSequence();
            while (viewer.playlist().nextMediaSequence() < first + 12) {
                viewer.fetchHint();
                viewer.next();
            }
            assertThat(viewer.fetchedParts()).isGreaterThanOrEqualTo(12 * 5);
            List<Duration> ages = viewer.edgeAges().stream().sorted().toList();
            System.out.printf(
                    "end of the playlist behind the encoder's clock: median %d ms, longest %d ms (part target %s s)%n",
                    ages.get(ages.size() / 2).toMillis(),
                    ages.getLast().toMillis(),
                    viewer.playlist().lowLatency().orElseThrow().partTarget());
            publisher.stop();
        }
        URI whole = server.hls().multivariantAddress(HlsForm.FMP4, livestream.streamKey());
        FfmpegDecoder.decodeWithoutAnError(whole);
    }

    @Test
    void chromiumPlaysPartsAndCatchesUp() {
        Livestream livestream = server.api().create("low latency");
        try (FfmpegPublisher publisher =
                FfmpegPublisher.pushClock(livestream.pushAddress(), FfmpegPublisher.Encoding.SMALL)) {
            URI address = server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON);
            double holdBack = server.hls()
                    .read(address)
                    .lowLatency()
                    .orElseThrow()
                    .partHoldBack()
                    .doubleValue();
            PreviewPage page = new PreviewPage(chromium.newPage());
            Set<String> parts = ConcurrentHashMap.newKeySet();
            page.page().onRequest(request -> parts.add(request.url().replaceAll(".*/", "")));
            page.open(livestream.previewPlayback());
            page.awaitState("live", SOON);
            Awaitility.await("a picture close to the live edge")
                    .pollInSameThread()
                    .atMost(TIME_TO_CATCH_UP)
                    .until(() -> page.latencySeconds().orElse(Double.MAX_VALUE) < holdBack + SLACK_SECONDS);
            report(page);
            assertThat(parts.stream().filter(name -> name.matches("\\d+-\\w+\\.\\d+\\.m4s")))
                    .hasSizeGreaterThan(10);
            assertThat(page.problems()).isEmpty();
            publisher.stop();
        }
    }

    /// Glass to glass: from the making of a picture to its being seen in the browser.
    private static void report(PreviewPage page) {
        List<Integer> ages = new ArrayList<>();
        Stream.iterate(0, i -> i < SAMPLES, i -> i + 1).forEach(_ -> {
            page.page().waitForTimeout((double) BETWEEN_SAMPLES.toMillis());
            ages.add(ClockPicture.ageMs(page.page()));
        });
        ages.sort(null);
        System.out.printf(
                "glass to glass: median %d ms, a tenth above %d ms; hls.js says %.2f s behind the edge%n",
                ages.get(SAMPLES / 2),
                ages.get(SAMPLES * 9 / 10),
                page.latencySeconds().orElse(Double.NaN));
    }
}
