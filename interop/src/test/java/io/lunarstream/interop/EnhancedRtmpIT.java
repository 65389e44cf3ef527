package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.playlist.HlsForm;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// FFmpeg 8.1 pushes what needs Enhanced RTMP; it reads all of it back, and Chromium plays what it knows.
class EnhancedRtmpIT {
    private static final Duration LENGTH = Duration.ofSeconds(6);

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

    @ParameterizedTest
    @EnumSource
    void comesBackWhole(EnhancedEncoding encoding) {
        Livestream livestream = server.api().create(encoding.name());
        try (FfmpegPublisher publisher = FfmpegPublisher.push(ffmpeg, livestream.pushAddress(), encoding, LENGTH)) {
            publisher.awaitEnd(ENCODED);
        }
        server.api().awaitStatus(livestream.id(), "ENDED", SOON);
        URI address = server.hls().multivariantAddress(HlsForm.FMP4, livestream.streamKey());
        assertThat(server.hls().get(address).body())
                .contains("CODECS=\"" + encoding.video.codecs)
                .contains("," + encoding.audio.codecs + "\",RESOLUTION=320x180,FRAME-RATE=25.000");
        FfmpegDecoder.decodeWithoutAnError(ffmpeg, address);
        assertTracks(Ffprobe.countFrames(ffmpeg, address), encoding);
        assertNotInTs(livestream);
    }

    @ParameterizedTest
    @EnumSource(names = {"AV1_OPUS", "VP9_OPUS", "H264_OPUS", "H264_FLAC"})
    void playsInChromium(EnhancedEncoding encoding) {
        Livestream livestream = server.api().create(encoding.name());
        try (Chromium chromium = Chromium.start();
                FfmpegPublisher publisher =
                        FfmpegPublisher.push(ffmpeg, livestream.pushAddress(), encoding, UNTIL_STOPPED)) {
            server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON);
            PreviewPage page = chromium.open(livestream.previewPlayback());
            page.awaitState("live", SOON);
            page.awaitPlayback(Duration.ofSeconds(3), SOON);
            assertThat(page.videoWidth()).isEqualTo(EnhancedEncoding.WIDTH);
            assertThat(page.problems()).isEmpty();
            publisher.stop();
        }
    }

    private static void assertTracks(Ffprobe probe, EnhancedEncoding encoding) {
        Ffprobe.Track video = probe.only("video");
        assertThat(video.codec()).isEqualTo(encoding.video.probed);
        assertThat(video.codecTag()).isEqualTo(encoding.video.sampleEntry);
        assertThat(video.width()).isEqualTo(EnhancedEncoding.WIDTH);
        assertThat(video.height()).isEqualTo(EnhancedEncoding.HEIGHT);
        assertThat(video.frames()).isEqualTo((int) LENGTH.toSeconds() * EnhancedEncoding.FRAME_RATE);
        Ffprobe.Track audio = probe.only("audio");
        assertThat(audio.codec()).isEqualTo(encoding.audio.probed);
        assertThat(audio.sampleRate()).isEqualTo(48_000);
        // What comes before the first picture is dropped; the encoder adds a frame or two and fills up the last one.
        int exactly = (int) (LENGTH.toSeconds() * 48_000 / encoding.audio.samplesPerFrame);
        assertThat(audio.frames()).isBetween(exactly - 1, exactly + 3);
    }

    private static void assertNotInTs(Livestream livestream) {
        URI address = server.hls().multivariantAddress(HlsForm.MPEG_TS, livestream.streamKey());
        HttpResponse<String> answer = server.hls().get(address);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"CODEC_NOT_IN_TS\"");
    }
}
