package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.playlist.HlsForm;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// FFmpeg 8.1 pushes one picture in two encodings, and two sounds, over one connection: adaptive bitrate without
/// transcoding.
class MultitrackRtmpIT {
    private static final List<String> PLAYLISTS = List.of("video1.m3u8", "video2.m3u8", "audio1.m3u8", "audio2.m3u8");
    private static final Duration LENGTH = Duration.ofSeconds(8);

    /// Long enough for a browser to start and play.
    private static final Duration UNTIL_STOPPED = Duration.ofSeconds(90);

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration ENCODED = Duration.ofSeconds(60);

    @TempDir
    private static Path dataDir;

    @TempDir
    private static Path ffmpegDir;

    private static FfmpegPrograms ffmpeg;
    private static LunarServer server;

    @BeforeAll
    static void start() {
        ffmpeg = FfmpegPrograms.unpackedInto(ffmpegDir);
        server = LunarServer.start(dataDir);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void eachEncodingAndSoundComesBackWhole() {
        Livestream livestream = server.api().create("multitrack");
        try (FfmpegPublisher publisher = FfmpegPublisher.pushMultitrack(ffmpeg, livestream.pushAddress(), LENGTH)) {
            publisher.awaitEnd(ENCODED);
        }
        server.api().awaitStatus(livestream.id(), "ENDED", SOON);
        URI multivariant = server.hls().multivariantAddress(HlsForm.FMP4, livestream.streamKey());
        assertThat(server.hls().get(multivariant).body())
                .contains("RESOLUTION=640x360,FRAME-RATE=25.000,AUDIO=\"aac\"")
                .contains("RESOLUTION=320x180,FRAME-RATE=25.000,AUDIO=\"aac\"");
        URI folder = folder(livestream);
        checkTogether(folder);
        FfmpegDecoder.decodeWithoutAnError(multivariant);
        FfmpegDecoder.decodeWithoutAnError(ffmpeg, multivariant);
        assertPictures(folder.resolve("video1.m3u8"), MultitrackEncoding.LARGE_WIDTH);
        assertPictures(folder.resolve("video2.m3u8"), MultitrackEncoding.SMALL_WIDTH);
        for (String sound : List.of("audio1.m3u8", "audio2.m3u8")) {
            int frames =
                    Ffprobe.countFrames(folder.resolve(sound)).only("audio").frames();
            assertThat(frames).isBetween(8 * 48_000 / 1_024 - 1, 8 * 48_000 / 1_024 + 3);
        }
        FfmpegDecoder.decodeWithoutAnError(server.hls().multivariantAddress(HlsForm.MPEG_TS, livestream.streamKey()));
    }

    @Test
    void aStrictViewerOfAnyRenditionIsToldWhereTheOthersAre() {
        Livestream livestream = server.api().create("multitrack live");
        try (FfmpegPublisher publisher =
                FfmpegPublisher.pushMultitrack(ffmpeg, livestream.pushAddress(), UNTIL_STOPPED)) {
            server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON);
            URI folder = folder(livestream);
            for (String name : PLAYLISTS) {
                LowLatencyViewer viewer = new LowLatencyViewer(server.hls(), folder.resolve(name));
                for (int i = 0; i < 8; i++) {
                    viewer.fetchHint();
                    viewer.next();
                }
                checkTogether(folder);
            }
            publisher.stop();
        }
    }

    @Test
    void chromiumSwitchesBetweenEncodingsAndSounds() {
        Livestream livestream = server.api().create("levels");
        try (Chromium chromium = Chromium.start();
                FfmpegPublisher publisher =
                        FfmpegPublisher.pushMultitrack(ffmpeg, livestream.pushAddress(), UNTIL_STOPPED)) {
            server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON);
            LevelPlayer player = new LevelPlayer(
                    chromium.newPage(), server.hls().multivariantAddress(HlsForm.FMP4, livestream.streamKey()));
            player.awaitTracks(2, 2, SOON);
            player.awaitPlayback(Duration.ofSeconds(2), SOON);
            player.switchTo(MultitrackEncoding.SMALL_WIDTH, SOON);
            player.awaitPlayback(Duration.ofSeconds(2), SOON);
            player.listenTo(1, SOON);
            player.switchTo(MultitrackEncoding.LARGE_WIDTH, SOON);
            player.awaitPlayback(Duration.ofSeconds(2), SOON);
            assertThat(player.problems()).isEmpty();
            publisher.stop();
        }
    }

    private static URI folder(Livestream livestream) {
        return server.hls()
                .awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON)
                .resolve(".");
    }

    private static void checkTogether(URI folder) {
        Map<String, String> texts = new HashMap<>();
        PLAYLISTS.forEach(
                name -> texts.put(name, server.hls().get(folder.resolve(name)).body()));
        RenditionRules.check(texts);
    }

    private static void assertPictures(URI playlist, int width) {
        Ffprobe.Track video = Ffprobe.countFrames(playlist).only("video");
        assertThat(video.width()).isEqualTo(width);
        assertThat(video.frames()).isEqualTo((int) LENGTH.toSeconds() * MultitrackEncoding.FRAME_RATE);
    }
}
