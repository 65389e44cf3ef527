package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The part of the matrix that every run of the tests has time for: see [WholeInteropMatrixIT].
class InteropMatrixIT {
    @TempDir
    private Path dataDir;

    @TempDir
    private Path folder;

    @Test
    void ffmpegAndGStreamerAreSeenByFfmpegAndHlsJs() throws Exception {
        try (LunarServer server = LunarServer.start(dataDir);
                Chromium chromium = Chromium.start();
                PlayerSite site = PlayerSite.start()) {
            List<Player> players = List.of(ProgramPlayer.FFMPEG, new BrowserPlayer(chromium, site, "hls.js"));
            InteropMatrix matrix = new InteropMatrix(server);
            matrix.run(MatrixPublisher.FFMPEG_5, folder, players);
            matrix.run(MatrixPublisher.GSTREAMER, folder, players);
            assertThat(matrix.failures()).isEmpty();
            assertThat(matrix.cells()).hasSize(2 * 2 * 2);
        }
    }
}
