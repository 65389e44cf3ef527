package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.playlist.HlsForm;
import io.lunarstream.bench.playlist.MediaPlaylistText;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What survives `kill -9`.
class RestartIT {
    private static final int LIVESTREAMS = 20;
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    private Path dataDir;

    @Test
    void everyLivestreamThatWasAnswered201IsThereAfterAKill() {
        List<Livestream> created = new ArrayList<>();
        Credentials before;
        try (LunarServer server = LunarServer.start(dataDir)) {
            before = server.credentials();
            for (int i = 0; i < LIVESTREAMS; i++) {
                created.add(server.api().create("kept " + i));
            }
            server.kill();
        }
        try (LunarServer server = LunarServer.start(dataDir)) {
            assertThat(server.credentials().apiKey()).isEqualTo(before.apiKey());
            assertThat(server.credentials().projectId()).isEqualTo(before.projectId());
            for (Livestream livestream : created) {
                assertThat(server.api().get(livestream.id()).streamKey()).isEqualTo(livestream.streamKey());
            }
            assertThat(server.api().total()).isEqualTo(LIVESTREAMS);
        }
    }

    @Test
    void aTokenFromBeforeTheKillStillLetsTheEncoderIn() {
        Livestream livestream;
        try (LunarServer server = LunarServer.start(dataDir)) {
            livestream = server.api().create("encoder comes later");
            server.kill();
        }
        try (LunarServer server = LunarServer.start(dataDir)) {
            String address = server.api().get(livestream.id()).pushAddressWith(livestream.pushToken());
            try (FfmpegPublisher _ = FfmpegPublisher.push(address, FfmpegPublisher.Encoding.SMALL)) {
                server.api().awaitStatus(livestream.id(), "STARTED", SOON);
            }
        }
    }

    @Test
    void aViewerWhoWaitsForMediaIsToldThatTheServerStops() {
        try (LunarServer server = LunarServer.start(dataDir)) {
            Livestream livestream = server.api().create("waited for");
            URI media;
            try (FfmpegPublisher publisher =
                    FfmpegPublisher.push(livestream.pushAddress(), FfmpegPublisher.Encoding.SMALL)) {
                media = server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON);
                publisher.kill();
            }
            URI metrics = URI.create(server.credentials().managementUrl() + "/metrics");
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> server.hls().get(metrics).body(), text -> text.contains("lunar_publishers 0.0"));
            long next = server.hls().read(media).nextMediaSequence();
            CompletableFuture<HttpResponse<String>> answer =
                    CompletableFuture.supplyAsync(() -> server.hls().get(URI.create(media + "?_HLS_msn=" + next)));
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> server.hls().get(metrics).body(), text -> text.contains("lunar_waiting_requests 1.0"));
            server.stop();
            assertThat(answer.join().statusCode()).isEqualTo(503);
            assertThat(answer.join().headers().firstValue("Retry-After")).hasValue("1");
        }
    }

    @Test
    void thePlaylistGoesOnAfterAKillInMidBroadcast() {
        goOnAfter(LunarServer::kill);
    }

    @Test
    void thePlaylistGoesOnAfterATermSignalInMidBroadcast() {
        goOnAfter(LunarServer::stop);
    }

    /// An encoder that reconnects by itself with the token it has, and a viewer who keeps on asking.
    private void goOnAfter(Consumer<LunarServer> end) {
        Livestream livestream;
        Credentials before;
        StrictViewer viewer;
        MediaPlaylistText last;
        try (LunarServer server = LunarServer.start(dataDir)) {
            before = server.credentials();
            livestream = server.api().create("survives a restart");
            try (FfmpegPublisher _ = push(livestream)) {
                viewer = new StrictViewer(
                        server.hls(), server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON));
                last = viewer.await(
                        "segments and an open one",
                        playlist -> playlist.segments().size() >= 3
                                && playlist.openParts().size() >= 2);
                server.api().awaitStatus(livestream.id(), "STARTED", SOON);
                end.accept(server);
            }
        }
        try (LunarServer server = LunarServer.startAgain(dataDir, before)) {
            MediaPlaylistText kept = viewer.read();
            assertThat(kept.nextMediaSequence())
                    .as("the unfinished segment is closed")
                    .isGreaterThan(last.nextMediaSequence());
            assertThat(server.api().get(livestream.id()).status()).isEqualTo("STARTED");
            try (FfmpegPublisher publisher = push(livestream)) {
                viewer.await("new segments", next -> next.nextMediaSequence() >= kept.nextMediaSequence() + 3);
                publisher.stop();
            }
            MediaPlaylistText ended = viewer.await("the end", MediaPlaylistText::ended);
            assertThat(ended.mediaSequence())
                    .as("all segments are still listed")
                    .isZero();
            assertThat(viewer.discontinuities()).isEqualTo(1);
            assertThat(server.api().awaitStatus(livestream.id(), "ENDED", SOON).endReason())
                    .isEqualTo("client_stopped");
            for (HlsForm form : HlsForm.values()) {
                FfmpegDecoder.decodeWithoutAnError(server.hls().multivariantAddress(form, livestream.streamKey()));
            }
        }
    }

    @Test
    void anEncoderThatStaysAwayAfterAKillEndsThePlaylist() {
        Livestream livestream;
        Credentials before;
        StrictViewer viewer;
        try (LunarServer server = LunarServer.start(dataDir)) {
            before = server.credentials();
            livestream = server.api().create("stays away");
            try (FfmpegPublisher _ = push(livestream)) {
                viewer = new StrictViewer(
                        server.hls(), server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON));
                viewer.read();
                server.api().awaitStatus(livestream.id(), "STARTED", SOON);
                server.kill();
            }
        }
        Map<String, String> soon = Map.of("LUNAR_RECONNECT_WINDOW", "3s");
        try (LunarServer server = LunarServer.startAgain(dataDir, before, soon)) {
            viewer.await("the end", MediaPlaylistText::ended);
            assertThat(server.api().awaitStatus(livestream.id(), "ENDED", SOON).endReason())
                    .isEqualTo("media_server_lost");
        }
    }

    private static FfmpegPublisher push(Livestream livestream) {
        return FfmpegPublisher.push(livestream.pushAddress(), FfmpegPublisher.Encoding.SMALL);
    }

    @Test
    void aTermSignalEndsTheServerWithinItsTime() {
        try (LunarServer server = LunarServer.start(dataDir)) {
            server.stop();
            assertThat(server.output()).doesNotContain("Exception");
        }
    }

    /// A server that something starts again and again must not fill the disk.
    @Test
    void aServerThatIsKilledLeavesNothingInTheTemporaryFolder(@TempDir Path temporary) {
        Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        try (LunarServer server = LunarServer.start(dataDir, environment)) {
            server.api().create("in the database");
            server.kill();
        }
        assertThat(temporary).isEmptyDirectory();
    }
}
