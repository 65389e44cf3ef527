package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.playlist.HlsForm;
import io.lunarstream.bench.playlist.MediaPlaylistText;
import io.lunarstream.bench.playlist.PlaylistHistory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever FFmpeg encodes plays in both forms without an error, to the last picture. All cases are sent at the same
/// time, and each media playlist is watched from its first version to its last.
class EncoderCasesIT {
    private static final Duration ENCODED = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    /// A frame that lies before the first picture, and what encoders add before and behind.
    private static final int AUDIO_FRAMES_FEWER = 2;

    private static final int AUDIO_FRAMES_MORE = 3;

    @TempDir
    private static Path dataDir;

    private static LunarServer server;
    private static ExecutorService viewers;
    private static final Map<EncoderCase, Sent> SENT = new EnumMap<>(EncoderCase.class);

    /// @param watched over when the playlists of both forms have ended
    private record Sent(Livestream livestream, FfmpegPublisher publisher, CompletableFuture<Void> watched) {}

    @BeforeAll
    static void sendAll() {
        server = LunarServer.start(dataDir);
        viewers = Executors.newVirtualThreadPerTaskExecutor();
        for (EncoderCase encoderCase : EncoderCase.values()) {
            Livestream livestream = server.api().create(encoderCase.name());
            FfmpegPublisher publisher = FfmpegPublisher.push(livestream.pushAddress(), encoderCase);
            SENT.put(encoderCase, new Sent(livestream, publisher, watchBoth(livestream)));
        }
    }

    @AfterAll
    static void close() {
        SENT.values().forEach(sent -> sent.publisher().close());
        server.close();
        viewers.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void comesBackWholeInBothForms(EncoderCase encoderCase) throws Exception {
        Sent sent = Objects.requireNonNull(SENT.get(encoderCase));
        sent.publisher().awaitEnd(ENCODED);
        server.api().awaitStatus(sent.livestream().id(), "ENDED", SOON);
        sent.watched().get(SOON.toSeconds(), TimeUnit.SECONDS);
        for (HlsForm form : HlsForm.values()) {
            URI address =
                    server.hls().multivariantAddress(form, sent.livestream().streamKey());
            FfmpegDecoder.decodeWithoutAnError(address);
            assertWhole(Ffprobe.countFrames(address), encoderCase, form);
        }
    }

    @Test
    void playsAcrossAChangeOfSizeInMidStream(@TempDir Path folder) throws Exception {
        Livestream livestream = server.api().create("another size");
        CompletableFuture<Void> watched = watchBoth(livestream);
        try (FfmpegPublisher publisher = FfmpegPublisher.push(livestream.pushAddress(), EncoderCase.B_FRAMES)) {
            publisher.awaitSending(SOON);
            server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON);
            publisher.kill();
        }
        try (FfmpegPublisher publisher = FfmpegPublisher.push(livestream.pushAddress(), EncoderCase.ULTRA_HD)) {
            publisher.awaitEnd(ENCODED);
        }
        server.api().awaitStatus(livestream.id(), "ENDED", SOON);
        watched.get(SOON.toSeconds(), TimeUnit.SECONDS);
        URI transportStream = server.hls().multivariantAddress(HlsForm.MPEG_TS, livestream.streamKey());
        FfmpegDecoder.decodeWithoutAnError(transportStream);
        URI playlist = server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), SOON);
        assertThat(InitRuns.download(server.hls(), playlist, folder))
                .hasSize(2)
                .allSatisfy(FfmpegDecoder::decodeWithoutAnError);
    }

    private static CompletableFuture<Void> watchBoth(Livestream livestream) {
        return CompletableFuture.allOf(Arrays.stream(HlsForm.values())
                .map(form -> CompletableFuture.runAsync(() -> watch(livestream, form), viewers))
                .toArray(CompletableFuture<?>[]::new));
    }

    /// Follows a media playlist to its end; a breach of a rule fails.
    private static void watch(Livestream livestream, HlsForm form) {
        URI playlist = server.hls().awaitMediaPlaylist(form, livestream.streamKey(), ENCODED);
        PlaylistHistory history = new PlaylistHistory();
        Awaitility.await("the end of " + playlist)
                .atMost(ENCODED)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> history.add(server.hls().read(playlist)), MediaPlaylistText::ended);
        assertThat(history.discontinuities()).isLessThanOrEqualTo(1);
    }

    private static void assertWhole(Ffprobe counted, EncoderCase encoderCase, HlsForm form) {
        if (encoderCase.hasVideo()) {
            assertThat(counted.only("video").frames())
                    .as("pictures as %s", form)
                    .isEqualTo(encoderCase.pictures());
        }
        if (encoderCase.hasAudio()) {
            assertThat(counted.only("audio").frames())
                    .as("audio frames as %s", form)
                    .isBetween(
                            encoderCase.audioFrames() - AUDIO_FRAMES_FEWER,
                            encoderCase.audioFrames() + AUDIO_FRAMES_MORE);
        }
    }
}
