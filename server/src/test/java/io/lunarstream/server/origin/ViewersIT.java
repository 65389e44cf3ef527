package io.lunarstream.server.origin;

import static io.lunarstream.server.origin.OriginServer.LIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.server.live.Windows;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who counts as a viewer: whoever has asked for a media playlist within 3 target durations of 3 s.
class ViewersIT {
    @TempDir
    private Path directory;

    private OriginServer server;
    private String media = "";

    @BeforeEach
    void open() {
        server = new OriginServer(directory, 1_000);
        String generation = server.streams()
                .windows(LIVE)
                .flatMap(Windows::newest)
                .orElseThrow()
                .generation();
        media = "/hls/" + LIVE + "/" + generation + "/media.m3u8";
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void nobodyWatchesAtFirst() {
        server.get("/hls/" + LIVE + "/master.m3u8");
        assertThat(viewers()).isZero();
        assertThat(server.streams().viewers("of no stream")).isZero();
    }

    @Test
    void onePlayerIsOneViewerHoweverOftenItAsks() {
        watch(server.request(media).header("User-Agent", "one"));
        watch(server.request(media).header("User-Agent", "one"));
        watch(server.request(media.replace("/hls/", "/live/")).header("User-Agent", "one"));
        assertThat(viewers()).isEqualTo(1);
    }

    @Test
    void playersBehindOneAddressAreToldApartByTheirKind() {
        watch(server.request(media).header("User-Agent", "one"));
        watch(server.request(media).header("User-Agent", "two"));
        assertThat(viewers()).isEqualTo(2);
    }

    @Test
    void playersAreToldApartByTheSessionThatTheyName() {
        watch(server.request(media).header("X-Playback-Session-Id", "A"));
        watch(server.request(media).header("X-Playback-Session-Id", "B"));
        watch(server.request(media).header("CMCD-Session", "cid=\"x\",sid=\"C\""));
        watch(server.request(media + "?CMCD=cid%3D%22x%22%2Csid%3D%22D%22").header("User-Agent", "one"));
        watch(server.request(media + "?CMCD=sid%3D%22D%22").header("User-Agent", "two"));
        assertThat(viewers()).isEqualTo(4);
    }

    @Test
    void viewersBehindATrustedProxyAreToldApart() {
        watch(server.request(media).header("X-Forwarded-For", "192.0.2.1"));
        watch(server.request(media).header("X-Forwarded-For", "192.0.2.2"));
        watch(server.request(media).header("X-Forwarded-For", "2001:db8::1"));
        watch(server.request(media).header("X-Forwarded-For", "2001:db8::2"));
        assertThat(viewers()).isEqualTo(3);
    }

    @Test
    void aViewerWhoAsksNoMoreIsForgotten() {
        watch(server.request(media).header("User-Agent", "one"));
        server.advance(Duration.ofSeconds(6));
        watch(server.request(media).header("User-Agent", "two"));
        assertThat(viewers()).isEqualTo(2);
        server.advance(Duration.ofSeconds(4));
        assertThat(viewers()).isEqualTo(1);
        server.advance(Duration.ofSeconds(6));
        assertThat(viewers()).isZero();
    }

    @Test
    void onePeerCannotPretendToBeACrowd() {
        for (int i = 0; i < 1_200; i++) {
            watch(server.request(media)
                    .header(
                            "X-Playback-Session-Id",
                            UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8)})
                                    .toString()));
        }
        assertThat(viewers()).isBetween(500, 1_024);
    }

    @Test
    void whatIsSentIsCounted() {
        long length = server.get(media).body().length;
        server.get("/hls/" + LIVE + "/nothing.mp4");
        await().until(() -> server.traffic().responses(OriginTraffic.Kind.OTHER, 4) == 1);
        assertThat(server.traffic().responses(OriginTraffic.Kind.PLAYLIST, 2)).isEqualTo(1);
        assertThat(server.traffic().bytes(OriginTraffic.Kind.PLAYLIST)).isEqualTo(length);
    }

    private void watch(HttpRequest.Builder request) {
        assertThat(server.send(request).statusCode()).isEqualTo(200);
    }

    private int viewers() {
        assertThat(server.streams().viewers()).isEqualTo(server.streams().viewers(LIVE));
        return server.streams().viewers(LIVE);
    }
}
