package io.lunarstream.interop;

import io.lunarstream.bench.playlist.HlsForm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long a viewer waits for the first playlist: printed, because a busy machine is no fault of the server's.
///
/// The aim is the larger of 2 s and one keyframe interval, plus 500 ms, from the first keyframe on.
class FirstPictureIT {
    private static final Duration AT_MOST = Duration.ofSeconds(20);
    private static final int ROUNDS = 3;

    @TempDir
    private Path dataDir;

    @Test
    void theFirstPlaylistComesAfterOneSegment() {
        try (LunarServer server = LunarServer.start(dataDir)) {
            for (int round = 0; round < ROUNDS; round++) {
                report(server, FfmpegPublisher.Encoding.SMALL);
            }
        }
    }

    private static void report(LunarServer server, FfmpegPublisher.Encoding encoding) {
        Livestream livestream = server.api().create("first picture");
        try (FfmpegPublisher publisher = FfmpegPublisher.push(livestream.pushAddress(), encoding)) {
            // FFmpeg says this right before it sends its first frame.
            publisher.awaitLine(line -> line.startsWith("Output #0"), AT_MOST);
            long sentNs = System.nanoTime();
            server.hls().awaitMediaPlaylist(HlsForm.FMP4, livestream.streamKey(), AT_MOST);
            Duration waited = Duration.ofNanos(System.nanoTime() - sentNs);
            System.out.printf(
                    "first playable playlist after %d ms (%d frames/s, a keyframe every %d frames)%n",
                    waited.toMillis(), encoding.frameRate(), encoding.keyframeIntervalFrames());
        }
    }
}
