package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lunarstream.bench.playlist.HlsForm;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// FFmpeg pushes, and FFmpeg reads back what came of it, to the last frame.
class FfmpegPushIT {
    private static final Duration LENGTH = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration ENCODED = Duration.ofSeconds(60);

    /// Audio and video begin within two AAC frames and one picture of each other.
    private static final double START_TOLERANCE_SECONDS = 0.08;

    @TempDir
    private static Path dataDir;

    private static LunarServer server;

    @BeforeAll
    static void startServer() {
        server = LunarServer.start(dataDir);
    }

    @AfterAll
    static void closeServer() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void fullHdAt30FramesCanBeSeenWhileItIsSent(HlsForm form) {
        Livestream livestream = server.api().create("1080p30, live");
        try (FfmpegPublisher publisher =
                FfmpegPublisher.push(livestream.pushAddress(), FfmpegPublisher.Encoding.FULL_HD_30)) {
            server.hls().awaitMediaPlaylist(form, livestream.streamKey(), SOON);
            Ffprobe seen = Ffprobe.look(server.hls().multivariantAddress(form, livestream.streamKey()));
            assertTracks(seen, 1920, 1080, "30/1");
            assertThat(server.api()
                            .awaitStatus(livestream.id(), "STARTED", SOON)
                            .endReason())
                    .isEmpty();
            publisher.stop();
        }
    }

    @Test
    void fullHdAt30FramesComesBackWhole() {
        Livestream ended = pushToTheEnd(FfmpegPublisher.Encoding.FULL_HD_30);
        for (HlsForm form : HlsForm.values()) {
            Ffprobe counted = decode(ended, form);
            assertTracks(counted, 1920, 1080, "30/1");
            assertThat(counted.only("video").frames())
                    .as("pictures as %s", form)
                    .isEqualTo(30 * 10);
            assertAudioFrames(counted, form);
        }
    }

    @Test
    void hdAt60FramesWithBFramesComesBackWhole() {
        Livestream ended = pushToTheEnd(FfmpegPublisher.Encoding.HD_60_WITH_B_FRAMES);
        for (HlsForm form : HlsForm.values()) {
            Ffprobe counted = decode(ended, form);
            assertTracks(counted, 1280, 720, "60/1");
            assertThat(counted.only("video").hasBFrames()).isTrue();
            assertThat(counted.only("video").frames())
                    .as("pictures as %s", form)
                    .isEqualTo(60 * 10);
            assertAudioFrames(counted, form);
        }
    }

    private static Livestream pushToTheEnd(FfmpegPublisher.Encoding encoding) {
        Livestream livestream = server.api().create("pushed to its end");
        try (FfmpegPublisher publisher = FfmpegPublisher.push(livestream.pushAddress(), encoding, LENGTH)) {
            publisher.awaitEnd(ENCODED);
        }
        Livestream ended = server.api().awaitStatus(livestream.id(), "ENDED", SOON);
        assertThat(ended.endReason()).isEqualTo("client_stopped");
        return ended;
    }

    private static Ffprobe decode(Livestream livestream, HlsForm form) {
        URI address = server.hls().multivariantAddress(form, livestream.streamKey());
        FfmpegDecoder.decodeWithoutAnError(address);
        return Ffprobe.countFrames(address);
    }

    private static void assertTracks(Ffprobe probe, int width, int height, String frameRate) {
        Ffprobe.Track video = probe.only("video");
        Ffprobe.Track audio = probe.only("audio");
        assertThat(video.codec()).isEqualTo("h264");
        assertThat(video.width()).isEqualTo(width);
        assertThat(video.height()).isEqualTo(height);
        assertThat(video.frameRate()).isEqualTo(frameRate);
        assertThat(audio.codec()).isEqualTo("aac");
        assertThat(audio.sampleRate()).isEqualTo(48_000);
        assertThat(audio.startSeconds()).isCloseTo(video.startSeconds(), within(START_TOLERANCE_SECONDS));
    }

    /// The encoder adds a frame or two at the start and rounds up at the end.
    private static void assertAudioFrames(Ffprobe counted, HlsForm form) {
        int exactly = (int) (LENGTH.toSeconds() * 48_000 / 1_024);
        assertThat(counted.only("audio").frames())
                .as("audio frames as %s", form)
                .isBetween(exactly, exactly + 3);
    }
}
