package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.interop.FfmpegPublisher.Encoding;
import io.lunarstream.interop.NginxRtmp.Ports;
import io.lunarstream.interop.Operator.RegisteredServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real nginx-rtmp as a media server, asking and telling over push-auth. Partner API, sections 4, 5 and 8.
class NginxRtmpIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    /// What nginx-rtmp keeps of a publish name.
    private static final int NAME_BYTES = 255;

    /// Between two updates, and some time for the second one.
    private static final Duration CUT = Duration.ofSeconds(7);

    private static final Duration TOKEN_LIFE = Duration.ofSeconds(60);

    @TempDir
    private static Path dataDir;

    @TempDir
    private static Path nginxDir;

    private static LunarServer server;
    private static Ports ports;
    private static NginxRtmp nginx;

    /// Partners whose livestreams are on that nginx, and on another one that is not running.
    private static PartnerApi api;

    private static PartnerApi elsewhere;

    @BeforeAll
    static void start() {
        server = LunarServer.start(dataDir);
        ports = Ports.free();
        Operator operator = new Operator(server.credentials());
        RegisteredServer here = operator.register("nginx", "nginx-rtmp", ports.rtmpServer(), ports.hlsBaseUrl());
        RegisteredServer there = operator.register("elsewhere", "nginx-rtmp", ports.rtmpServer(), ports.hlsBaseUrl());
        api = server.apiOnMediaServer(here.id());
        elsewhere = server.apiOnMediaServer(there.id());
        nginx = NginxRtmp.start(nginxDir, ports, server.credentials(), here.secret());
    }

    @AfterAll
    static void close() {
        try {
            nginx.close();
        } finally {
            server.close();
        }
    }

    @Test
    void aGoodTokenPublishesAndStoppingEndsTheBroadcast() {
        Livestream livestream = api.create("good");
        String name = livestream.pushAddress().substring(ports.rtmpServer().length() + 1);
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(NAME_BYTES);
        try (FfmpegPublisher publisher = push(livestream)) {
            api.awaitStatus(livestream.id(), "STARTED", SOON);
            assertThat(Ffprobe.look(awaitPlaylist(livestream)).only("video").codec())
                    .isEqualTo("h264");
            publisher.stop();
        }
        assertThat(api.awaitStatus(livestream.id(), "ENDED", SOON).endReason()).isEqualTo("client_stopped");

        try (FfmpegPublisher _ = push(livestream)) {
            assertThat(api.awaitStatus(livestream.id(), "STARTED", SOON).endReason())
                    .isEmpty();
        }
        assertThat(api.awaitStatus(livestream.id(), "ENDED", SOON).endReason()).isEqualTo("client_stopped");
    }

    @Test
    void eachBadTokenIsRefused() {
        Livestream livestream = api.create("bad tokens");
        assertRefused(livestream.pushAddressWithoutToken());
        assertRefused(livestream.pushAddressWith(""));
        assertRefused(livestream.pushAddressWith("x"));
        assertRefused(livestream.pushAddressWith("A".repeat(48)));
        assertRefused(livestream.pushAddressWith(api.create("another").pushToken()));
        assertRefused(livestream.pushAddressWith(server.api().create("signed").pushToken()));
        assertRefused(elsewhere.create("elsewhere").pushAddress());
        api.revokePushTokens(livestream.id());
        assertRefused(livestream.pushAddress());
        assertThat(api.get(livestream.id()).status()).isEqualTo("READY_FOR_USE");
        assertThat(nginx.status(playlist(livestream))).isEqualTo(404);

        Livestream deleted = api.create("deleted");
        api.delete(deleted.id());
        assertRefused(deleted.pushAddress());
    }

    @Test
    void revocationCutsALivePublisherAndTheNewTokenLetsItIn() {
        Livestream livestream = api.create("revoked");
        String renewed;
        try (FfmpegPublisher publisher = push(livestream)) {
            api.awaitStatus(livestream.id(), "STARTED", SOON);
            renewed = api.revokePushTokens(livestream.id());
            publisher.awaitEnd(CUT);
        }
        assertRefused(livestream.pushAddress());
        assertThat(api.get(livestream.id()).endReason()).isEqualTo("token_revoked");
        try (FfmpegPublisher _ = push(livestream.pushAddressWith(renewed))) {
            api.awaitStatus(livestream.id(), "STARTED", SOON);
        }
    }

    @Test
    void theEndByTheApiCutsALivePublisher() {
        Livestream livestream = api.create("ended");
        try (FfmpegPublisher publisher = push(livestream)) {
            api.awaitStatus(livestream.id(), "STARTED", SOON);
            assertThat(api.end(livestream.id()).endReason()).isEqualTo("api_ended");
            publisher.awaitEnd(CUT);
        }
        assertThat(api.get(livestream.id()).endReason()).isEqualTo("api_ended");
    }

    @Test
    void theDeadlineCutsAndKeepsOutAndARenewedPublisherNoticesNothing() {
        Livestream left = api.create("left alone", TOKEN_LIFE);
        Livestream renewed = api.create("renewed", TOKEN_LIFE);
        try (FfmpegPublisher publisher = push(left);
                FfmpegPublisher goesOn = push(renewed)) {
            api.awaitStatus(left.id(), "STARTED", SOON);
            api.awaitStatus(renewed.id(), "STARTED", SOON);
            api.generatePushToken(renewed.id());

            publisher.awaitEnd(TOKEN_LIFE.plus(SOON));
            assertThat(Instant.now()).isBetween(left.deadline(), left.deadline().plus(CUT));
            assertThat(api.awaitStatus(left.id(), "TOKEN_EXPIRED", CUT).endReason())
                    .isEqualTo("token_expired");
            assertRefused(left.pushAddress());

            assertThat(goesOn.isRunning()).as(goesOn.output()).isTrue();
            assertThat(api.get(renewed.id()).status()).isEqualTo("STARTED");
        }
    }

    @Test
    void aSecondEncoderIsTurnedAwayAndDoesNotEndTheFirst() {
        Livestream livestream = api.create("two encoders");
        try (FfmpegPublisher first = push(livestream)) {
            api.awaitStatus(livestream.id(), "STARTED", SOON);
            assertThat(assertRefused(livestream.pushAddress())).contains("Already publishing");
            assertThat(first.isRunning()).as(first.output()).isTrue();
            assertThat(api.get(livestream.id()).status()).isEqualTo("STARTED");
            first.stop();
        }
        api.awaitStatus(livestream.id(), "ENDED", SOON);
    }

    @Test
    void noTokenComesIntoAnyLog() {
        Livestream livestream = api.create("secret");
        try (FfmpegPublisher publisher = push(livestream)) {
            api.awaitStatus(livestream.id(), "STARTED", SOON);
            publisher.stop();
        }
        assertThat(server.output()).doesNotContain(livestream.pushToken());
        assertThat(nginx.log()).doesNotContain(livestream.pushToken());
    }

    private static FfmpegPublisher push(Livestream livestream) {
        return push(livestream.pushAddress());
    }

    private static FfmpegPublisher push(String address) {
        return FfmpegPublisher.push(address, Encoding.SMALL).awaitSending(SOON);
    }

    /// @return what FFmpeg has said
    private static String assertRefused(String address) {
        try (FfmpegPublisher publisher = FfmpegPublisher.push(address, Encoding.SMALL)) {
            return publisher.awaitEnd(SOON);
        }
    }

    private static URI awaitPlaylist(Livestream livestream) {
        URI playlist = playlist(livestream);
        await("a playlist at " + playlist).atMost(SOON).until(() -> nginx.status(playlist) == 200);
        return playlist;
    }

    /// Where the API says that players find it.
    private static URI playlist(Livestream livestream) {
        return URI.create(livestream.json().path("hlsPaths").path(0).asText());
    }
}
