package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The formula of the operator guide for a stream's memory, held against what is measured.
class StreamMemoryIT {
    private static final int PICTURES_PER_SECOND = 25;
    private static final int SEGMENT_SECONDS = 2;

    @TempDir
    private Path folder;

    @Test
    void aStreamTakesWhatTheGuideSays() {
        int pictureBytes = 10_000;
        try (MediaFiles files = LiveBench.promptFiles(folder);
                LiveBench bench = new LiveBench(LiveSettings.Takeover.REPLACE, 100, files)) {
            long most = mostMemory(bench, pictureBytes);
            long formula = formulaBytes(bench, pictureBytes);
            assertThat(most).isBetween(formula * 2 / 3, formula);
        }
    }

    @Test
    void aStreamWithoutADiskTakesWhatTheGuideSays() throws IOException {
        int pictureBytes = 40_000;
        Files.createFile(folder.resolve("in-the-way"));
        try (MediaFiles files = LiveBench.promptFiles(folder.resolve("in-the-way"));
                LiveBench bench = new LiveBench(LiveSettings.Takeover.REPLACE, 100, files)) {
            long most = mostMemory(bench, pictureBytes);
            long formula = Math.max(2 * GenerationMedia.MOST_UNSAVED_BYTES, 2 * formulaBytes(bench, pictureBytes));
            assertThat(most).isLessThan(formula);
        }
    }

    private static long mostMemory(LiveBench bench, int pictureBytes) {
        Encoder encoder = bench.encoder(pictureBytes);
        long most = 0;
        for (int second = 0; second < 90; second++) {
            encoder.send(Duration.ofSeconds(1));
            most = Math.max(most, bench.allocator.metric().usedDirectMemory());
        }
        return most;
    }

    /// Both forms, 4 target durations and two segments, and half as much again.
    private static long formulaBytes(LiveBench bench, int pictureBytes) {
        long bytesPerSecond = (long) PICTURES_PER_SECOND * pictureBytes;
        int seconds = 4 * bench.playlist().targetDurationSeconds() + 2 * SEGMENT_SECONDS;
        return 2 * bytesPerSecond * seconds * 3 / 2;
    }
}
