package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.playlist.HlsForm;
import io.lunarstream.bench.playlist.MediaPlaylistText;
import io.lunarstream.bench.playlist.PlaylistHistory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An encoder that vanishes, comes back, stays away or says good-bye, as a viewer sees it in the playlist.
class ReconnectIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path dataDir;

    @Test
    void thePlaylistGoesOnWhenTheEncoderIsKilledAndComesBack() {
        try (LunarServer server = LunarServer.start(dataDir)) {
            Livestream livestream = server.api().create("comes back");
            Viewer viewer = new Viewer(server, livestream);
            try (FfmpegPublisher publisher = push(livestream)) {
                viewer.awaitPlaylist();
                viewer.await("three segments", playlist -> playlist.segments().size() >= 3);
                publisher.kill();
            }
            long before = viewer.settled().nextMediaSequence();
            assertThat(server.api().get(livestream.id()).status()).isEqualTo("STARTED");
            try (FfmpegPublisher publisher = push(livestream)) {
                viewer.await("new segments", playlist -> playlist.nextMediaSequence() >= before + 3);
                publisher.stop();
            }
            viewer.await("the end", MediaPlaylistText::ended);
            assertThat(viewer.history.discontinuities()).as("discontinuities").isEqualTo(1);
            Livestream ended = server.api().awaitStatus(livestream.id(), "ENDED", SOON);
            assertThat(ended.endReason()).isEqualTo("client_stopped");
            for (HlsForm form : HlsForm.values()) {
                FfmpegDecoder.decodeWithoutAnError(server.hls().multivariantAddress(form, livestream.streamKey()));
            }
        }
    }

    @Test
    void anotherResolutionAfterTheReconnectStaysInTheSamePlaylist() {
        try (LunarServer server = LunarServer.start(dataDir)) {
            Livestream livestream = server.api().create("comes back smaller");
            Viewer viewer = new Viewer(server, livestream);
            try (FfmpegPublisher publisher = push(livestream)) {
                viewer.awaitPlaylist();
                publisher.kill();
            }
            long before = viewer.settled().nextMediaSequence();
            FfmpegPublisher.Encoding smaller = FfmpegPublisher.Encoding.SMALL.withSize("320x180");
            try (FfmpegPublisher _ = FfmpegPublisher.push(livestream.pushAddress(), smaller)) {
                MediaPlaylistText playlist =
                        viewer.await("new segments", next -> next.nextMediaSequence() >= before + 2);
                assertThat(viewer.history.discontinuities()).isEqualTo(1);
                assertThat(playlist.segments().getLast().initSegment())
                        .isPresent()
                        .isNotEqualTo(playlist.segments().getFirst().initSegment());
            }
        }
    }

    @Test
    void aGoodbyeEndsTheBroadcast() {
        try (LunarServer server = LunarServer.start(dataDir)) {
            Livestream livestream = server.api().create("says good-bye");
            Viewer viewer = new Viewer(server, livestream);
            try (FfmpegPublisher publisher = push(livestream)) {
                viewer.awaitPlaylist();
                publisher.stop();
            }
            viewer.await("the end", MediaPlaylistText::ended);
            Livestream ended = server.api().awaitStatus(livestream.id(), "ENDED", SOON);
            assertThat(ended.endReason()).isEqualTo("client_stopped");
        }
    }

    @Test
    void stayingAwayEndsTheBroadcastWhenTheWindowCloses() {
        Map<String, String> environment = Map.of("LUNAR_RECONNECT_WINDOW", "3s");
        try (LunarServer server = LunarServer.start(dataDir, environment)) {
            Livestream livestream = server.api().create("stays away");
            Viewer viewer = new Viewer(server, livestream);
            try (FfmpegPublisher publisher = push(livestream)) {
                viewer.awaitPlaylist();
                publisher.kill();
            }
            viewer.await("the end", MediaPlaylistText::ended);
            Livestream ended = server.api().awaitStatus(livestream.id(), "ENDED", SOON);
            assertThat(ended.endReason()).isEqualTo("reconnect_timeout");
        }
    }

    private static FfmpegPublisher push(Livestream livestream) {
        return FfmpegPublisher.push(livestream.pushAddress(), FfmpegPublisher.Encoding.SMALL);
    }

    /// Reads one media playlist again and again; a 404, or a step that is not allowed, fails the test.
    private static final class Viewer {
        final PlaylistHistory history = new PlaylistHistory();
        private final HlsClient hls;
        private final String streamKey;
        private URI mediaPlaylist = URI.create("");

        Viewer(LunarServer server, Livestream livestream) {
            this.hls = server.hls();
            this.streamKey = livestream.streamKey();
        }

        void awaitPlaylist() {
            mediaPlaylist = hls.awaitMediaPlaylist(HlsForm.FMP4, streamKey, SOON);
        }

        MediaPlaylistText await(String what, Predicate<MediaPlaylistText> wanted) {
            return Awaitility.await(what)
                    .atMost(SOON)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> history.add(hls.read(mediaPlaylist)), wanted);
        }

        /// The playlist once it has stood still for two seconds: the open segment is closed.
        MediaPlaylistText settled() {
            return Awaitility.await("the playlist to stand still")
                    .atMost(SOON)
                    .pollInterval(Duration.ofMillis(200))
                    .during(Duration.ofSeconds(2))
                    .until(() -> history.add(hls.read(mediaPlaylist)), new StandsStill());
        }
    }

    /// Whether a playlist is the one seen before.
    private static final class StandsStill implements Predicate<MediaPlaylistText> {
        private long seen = -1;

        @Override
        public boolean test(MediaPlaylistText playlist) {
            boolean same = playlist.nextMediaSequence() == seen;
            seen = playlist.nextMediaSequence();
            return same;
        }
    }
}
