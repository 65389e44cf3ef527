package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    void aTermSignalEndsTheServerWithinItsTime() {
        try (LunarServer server = LunarServer.start(dataDir)) {
            server.stop();
            assertThat(server.output()).doesNotContain("Exception");
        }
    }
}
