package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.bench.playlist.HlsForm;
import io.lunarstream.interop.FfmpegPublisher.Encoding;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What publishers, viewers and partners of many machines see while one of them dies, or the network between them. The
/// operator guide has it as a table.
class ManyMachinesIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// A cut is promised within this time; the rest is for the encoder to end.
    private static final Duration CUT = Duration.ofSeconds(5 + 3);

    /// A lease of 40 s, noticed within a second.
    private static final Duration LEASE_LOST = Duration.ofSeconds(45);

    /// With the lease it is longer than the cut of a minute.
    private static final Duration RECONNECT_WINDOW = Duration.ofSeconds(25);

    private static final Duration NETWORK_IS_CUT = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(folder, Map.of("LUNAR_RECONNECT_WINDOW", RECONNECT_WINDOW.toSeconds() + "s"));
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    void allApiNodesAreOneService() {
        PartnerApi first = cluster.partner(0, 0);
        PartnerApi second = cluster.partner(1, 0);
        Livestream made = first.createOnce("once", "the same key");
        Livestream again = second.createOnce("once", "the same key");
        assertThat(again.id()).isEqualTo(made.id());
        assertThat(again.pushToken()).isEqualTo(made.pushToken());
        try (FfmpegPublisher replaced = push(made)) {
            first.awaitStatus(made.id(), "STARTED", SOON);
            String token = second.generatePushToken(made.id());
            assertThat(first.get(made.id()).deadline())
                    .as("renewed through the other node")
                    .isAfter(made.deadline());
            try (FfmpegPublisher publisher = FfmpegPublisher.push(made.pushAddressWith(token), Encoding.SMALL)) {
                replaced.awaitEnd(SOON);
                watchOn(viewer(0, made));
                assertThat(second.end(made.id()).endReason()).isEqualTo("api_ended");
                publisher.awaitEnd(CUT);
            }
        }
        assertThat(first.get(made.id()).status()).isEqualTo("ENDED");
    }

    @Test
    void theLivestreamsPageAtAnApiNodePlaysFromTheMediaNode() {
        Livestream livestream = cluster.partner(1, 1).create("<i>elsewhere</i>");
        try (Chromium chromium = Chromium.start()) {
            PreviewPage page = chromium.open(livestream.previewPlayback());
            page.awaitState("waiting", SOON);
            try (FfmpegPublisher publisher = push(livestream)) {
                page.awaitState("live", SOON);
                page.awaitPlayback(Duration.ofSeconds(2), SOON);
                publisher.stop();
            }
            page.awaitState("ended", SOON);
            assertThat(page.problems()).isEmpty();
        }
    }

    @Test
    void anApiNodeIsKilled() {
        PartnerApi first = cluster.partner(0, 0);
        PartnerApi second = cluster.partner(1, 0);
        Livestream live = first.create("goes on");
        try (FfmpegPublisher publisher = push(live)) {
            StrictViewer viewer = viewer(0, live);
            first.awaitStatus(live.id(), "STARTED", SOON);
            Livestream acknowledged = first.create("acknowledged");
            cluster.api(0).kill();

            assertThat(second.get(acknowledged.id()).streamKey()).isEqualTo(acknowledged.streamKey());
            Livestream made = second.create("made at the other node");
            try (FfmpegPublisher another = push(made)) {
                second.awaitStatus(made.id(), "STARTED", SOON);
                second.revokePushTokens(made.id());
                another.awaitEnd(CUT);
            }
            watchOn(viewer);
            assertThat(second.get(live.id()).status()).isEqualTo("STARTED");

            cluster.restartApi(0);
            first = cluster.partner(0, 0);
            assertThat(first.get(made.id()).endReason()).isEqualTo("token_revoked");
            assertThat(publisher.isRunning()).isTrue();
            publisher.stop();
            first.awaitStatus(live.id(), "ENDED", SOON);
            assertThat(viewer.discontinuities()).isZero();
        }
    }

    @Test
    void aMediaNodeIsKilledAndStartedAgain() {
        PartnerApi partner = cluster.partner(0, 0);
        Livestream live = partner.create("comes back");
        StrictViewer viewer;
        String startedAt;
        try (FfmpegPublisher publisher = push(live)) {
            viewer = viewer(0, live);
            startedAt = partner.awaitStatus(live.id(), "STARTED", SOON)
                    .json()
                    .path("startedAt")
                    .asText();
            cluster.media(0).server().kill();
            publisher.awaitEnd(SOON);
        }
        cluster.restartMedia(0);
        Livestream waiting = partner.get(live.id());
        assertThat(waiting.status()).isEqualTo("STARTED");
        try (FfmpegPublisher publisher = push(live)) {
            watchOn(viewer);
            await().atMost(SOON).until(() -> isConnected(partner, live));
            assertThat(partner.get(live.id()).json().path("startedAt").asText()).isEqualTo(startedAt);
            publisher.stop();
        }
        partner.awaitStatus(live.id(), "ENDED", SOON);
    }

    @Test
    void aMediaNodeIsKilledAndStaysAway() {
        PartnerApi partner = cluster.partner(0, 1);
        Livestream moved = partner.create("moves");
        Livestream lost = partner.create("is lost");
        try (FfmpegPublisher one = push(moved);
                FfmpegPublisher other = push(lost)) {
            partner.awaitStatus(moved.id(), "STARTED", SOON);
            partner.awaitStatus(lost.id(), "STARTED", SOON);
            cluster.media(1).server().kill();
            one.awaitEnd(SOON);
            other.awaitEnd(SOON);
        }
        long killedNs = System.nanoTime();
        String home = cluster.media(0).id();
        await("the dead node to be offered no more")
                .atMost(SOON)
                .until(() -> partner.availableMediaServers().equals(List.of(home)));

        Livestream ended = partner.move(moved.id(), home);
        assertThat(ended.status()).isEqualTo("ENDED");
        assertThat(ended.endReason()).isEqualTo("media_server_lost");
        Livestream info = cluster.partner(1, 0).streamInfo(moved.streamKey());
        Credentials newHome = cluster.media(0).server().credentials();
        assertThat(info.json().path("rtmpServer").asText()).isEqualTo(newHome.rtmpUrl());
        assertThat(info.json().at("/hlsPaths/0").asText()).startsWith(newHome.httpUrl());
        String token = partner.generatePushToken(moved.id());
        try (FfmpegPublisher publisher = FfmpegPublisher.push(info.pushAddressWith(token), Encoding.SMALL)) {
            PartnerApi there = cluster.partner(1, 0);
            there.awaitStatus(moved.id(), "STARTED", SOON);
            StrictViewer viewer = viewer(0, moved);

            Livestream gone = partner.awaitStatus(lost.id(), "ENDED", LEASE_LOST.plus(RECONNECT_WINDOW));
            assertThat(gone.endReason()).isEqualTo("media_server_lost");
            assertThat(Duration.ofNanos(System.nanoTime() - killedNs)).isGreaterThan(RECONNECT_WINDOW);

            cluster.restartMedia(1);
            await("the dead node to be offered again")
                    .atMost(SOON)
                    .until(() -> partner.availableMediaServers().size() == 2);
            watchOn(viewer);
            assertThat(there.get(moved.id()).status())
                    .as("the old owner's words are late")
                    .isEqualTo("STARTED");
            publisher.stop();
            there.awaitStatus(moved.id(), "ENDED", SOON);
        }
    }

    @Test
    void valkeyIsKilled() {
        PartnerApi first = cluster.partner(0, 0);
        PartnerApi second = cluster.partner(1, 0);
        Livestream live = first.create("without Valkey");
        try (FfmpegPublisher publisher = push(live)) {
            StrictViewer viewer = viewer(0, live);
            first.awaitStatus(live.id(), "STARTED", SOON);
            cluster.valkey().kill();
            await().atMost(SOON).until(() -> !isValkeyThere(0) && !isValkeyThere(1));
            assertThat(second.get(first.create("made without").id()).status()).isEqualTo("READY_FOR_USE");
            watchOn(viewer);
            second.revokePushTokens(live.id());
            publisher.awaitEnd(CUT);
            await().atMost(SOON)
                    .until(() -> first.streamInfo(live.streamKey()).status().equals("READY_FOR_USE"));
        } finally {
            cluster.valkey().restart();
        }
        await().atMost(SOON).until(() -> isValkeyThere(0) && isValkeyThere(1));
    }

    @Test
    void postgresIsKilled() {
        PartnerApi first = cluster.partner(0, 0);
        PartnerApi second = cluster.partner(1, 0);
        Livestream live = first.create("without a database");
        Livestream waiting = first.create("must wait");
        FfmpegPublisher publisher = push(live);
        try {
            StrictViewer viewer = viewer(0, live);
            first.awaitStatus(live.id(), "STARTED", SOON);
            cluster.postgres().kill();

            for (PartnerApi partner : List.of(first, second)) {
                HttpResponse<String> refused = partner.tryToCreate("in vain");
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            }
            try (FfmpegPublisher newcomer = push(waiting)) {
                assertThat(newcomer.awaitEnd(SOON)).doesNotContain("frame=   30");
            }
            publisher.kill();
            publisher = push(live);
            watchOn(viewer);

            cluster.postgres().restart();
            await("both API nodes to answer again")
                    .atMost(SOON)
                    .until(() -> first.tryToCreate("after").statusCode() == 201
                            && second.tryToCreate("after").statusCode() == 201);
            assertThat(first.get(waiting.id()).status()).isEqualTo("READY_FOR_USE");
            publisher.stop();
            assertThat(first.awaitStatus(live.id(), "ENDED", SOON).endReason()).isEqualTo("client_stopped");
        } finally {
            publisher.close();
        }
    }

    @Test
    void theNetworkBetweenMediaAndApiIsCutForAMinute() {
        PartnerApi partner = cluster.partner(0, 0);
        Livestream live = partner.create("behind a cut");
        FfmpegPublisher publisher = push(live);
        try {
            StrictViewer viewer = viewer(0, live);
            partner.awaitStatus(live.id(), "STARTED", SOON);
            long cutNs = System.nanoTime();
            cluster.media(0).cables().forEach(NetworkCable::cut);
            watchOn(viewer);
            await("the node to notice").atMost(SOON).until(() -> !isApiThere(0));
            publisher.kill();
            publisher = push(live);
            watchOn(viewer);
            await("the lease to run out").atMost(LEASE_LOST).until(() -> {
                viewer.read();
                return !isConnected(partner, live);
            });
            await("the end of the minute")
                    .atMost(NETWORK_IS_CUT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        viewer.read();
                        assertThat(partner.get(live.id()).status()).isEqualTo("STARTED");
                        return System.nanoTime() - cutNs > NETWORK_IS_CUT.toNanos();
                    });
            cluster.media(0).cables().forEach(NetworkCable::mend);
            await("the publisher to be known again").atMost(SOON).until(() -> isConnected(partner, live));
            assertThat(viewer.discontinuities())
                    .as("of the encoder that came back")
                    .isEqualTo(1);
            publisher.stop();
            partner.awaitStatus(live.id(), "ENDED", SOON);
        } finally {
            cluster.media(0).cables().forEach(NetworkCable::mend);
            publisher.close();
        }
    }

    private static FfmpegPublisher push(Livestream livestream) {
        return FfmpegPublisher.push(livestream.pushAddress(), Encoding.SMALL);
    }

    /// At the edge.
    private static StrictViewer viewer(int media, Livestream livestream) {
        HlsClient hls = cluster.media(media).edge().hls();
        return new StrictViewer(hls, hls.awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON));
    }

    /// Sees the playlist grow.
    private static void watchOn(StrictViewer viewer) {
        long next = viewer.read().nextMediaSequence();
        viewer.await("two segments more", playlist -> playlist.nextMediaSequence() >= next + 2);
    }

    private static boolean isConnected(PartnerApi partner, Livestream livestream) {
        return partner.get(livestream.id()).json().at("/ingest/connected").asBoolean();
    }

    private static boolean isValkeyThere(int api) {
        return health(cluster.api(api)).contains("\"valkey\":\"ok\"");
    }

    private static boolean isApiThere(int media) {
        return health(cluster.media(media).server()).contains("\"api\":\"ok\"");
    }

    private static String health(LunarServer server) {
        return server.hls()
                .get(URI.create(server.credentials().httpUrl() + "/health"))
                .body();
    }
}
