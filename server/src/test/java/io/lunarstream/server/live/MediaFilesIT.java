package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.hls.ListedSegment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Segments on a real disk, in virtual time.
class MediaFilesIT {
    private static final Duration LONGER_THAN_MEMORY = Duration.ofSeconds(20);

    /// A segment of 2 s is listed for 32 s, and kept for another window of 30 s, for itself, and for 30 s more.
    private static final Duration NEARLY_AS_LONG_AS_ON_DISK = Duration.ofSeconds(32 + 30 + 2 + 30 - 7);

    @TempDir
    private Path folder;

    private Path directory;
    private MediaFiles files;
    private LiveBench bench;

    @BeforeEach
    void open() {
        directory = folder.resolve("media");
        files = new MediaFiles(directory, new CallerRuns());
        bench = new LiveBench(LiveSettings.Takeover.REPLACE, 100, files);
    }

    @AfterEach
    void givesEverythingBack() {
        files.close();
        bench.close();
    }

    @Test
    void givesMemoryBackOnceASegmentIsOldAndOnDisk() throws IOException {
        Encoder encoder = publishAndWaitForTheDisk(Duration.ofSeconds(3));
        String name = bench.playlist().segments().getFirst().name();
        StoredMedia segment = bench.object(name + ".ts");
        byte[] before = bytesInMemory(segment);
        encoder.send(LONGER_THAN_MEMORY);
        assertThat(segment.borrow()).isEmpty();
        assertThat(Files.readAllBytes(path(segment))).isEqualTo(before);
    }

    @Test
    void writesBothForms() throws IOException {
        publishAndWaitForTheDisk(Duration.ofSeconds(3));
        for (String extension : List.of(".ts", ".m4s")) {
            String name = bench.playlist().segments().getFirst().name() + extension;
            StoredMedia segment = bench.object(name);
            assertThat(Files.readAllBytes(path(segment))).isEqualTo(bytesInMemory(segment));
        }
    }

    @Test
    void findsAPartInTheFileOfItsSegment() throws IOException {
        Encoder encoder = publishAndWaitForTheDisk(Duration.ofSeconds(3));
        ListedSegment first = bench.playlist().segments().getFirst();
        StoredMedia part = bench.object(first.parts().get(1).name());
        byte[] before = bytesInMemory(part);
        encoder.send(LONGER_THAN_MEMORY);
        assertThat(part.borrow()).isEmpty();
        StoredMedia.FileRegion region = part.file().orElseThrow();
        byte[] whole = Files.readAllBytes(region.path());
        int offset = (int) region.offset();
        assertThat(Arrays.copyOfRange(whole, offset, offset + part.bytes())).isEqualTo(before);
    }

    @Test
    void deletesWhatNobodyMayAskForAnyMore() {
        Encoder encoder = publishAndWaitForTheDisk(Duration.ofSeconds(3));
        Path first = path(bench.object(bench.playlist().segments().getFirst().name() + ".ts"));
        encoder.send(NEARLY_AS_LONG_AS_ON_DISK);
        assertThat(first).exists();
        encoder.send(Duration.ofSeconds(10));
        await().untilAsserted(() -> assertThat(first).doesNotExist());
    }

    @Test
    void leavesNoFileOfAForgottenGeneration() {
        publishAndWaitForTheDisk(Duration.ofSeconds(10));
        var _ = bench.streams.end(LiveBench.KEY, EndReason.API_ENDED);
        bench.time.advance(Duration.ofMinutes(5));
        assertThat(StoredBytes.filesIn(directory)).containsExactly("last-start");
    }

    @Test
    void playsOnFromMemoryWhileTheDiskFailsAndWritesAgainWhenItRecovers() throws IOException {
        files.close();
        Path inTheWay = Files.createFile(folder.resolve("in-the-way"));
        files = new MediaFiles(inTheWay.resolve("media"), new CallerRuns());
        try (LiveBench failing = new LiveBench(LiveSettings.Takeover.REPLACE, 100, files)) {
            Encoder encoder = failing.encoder(failing.connect()).announce().send(LONGER_THAN_MEMORY);
            await().until(() ->
                    files.failures() >= 2L * failing.playlist().segments().size());
            String first = failing.playlist().segments().getFirst().name();
            assertThat(bytesInMemory(failing.object(first + ".ts"))).isNotEmpty();
            Files.delete(inTheWay);
            encoder.send(Duration.ofSeconds(3));
            String last = failing.playlist().segments().getLast().name();
            await().until(() -> failing.object(last + ".ts").file().isPresent());
            files.close();
        }
    }

    @Test
    void takesSegmentsThatComeAfterItWasClosed() {
        Encoder encoder = publishAndWaitForTheDisk(Duration.ofSeconds(3));
        files.close();
        encoder.send(LONGER_THAN_MEMORY);
        assertThat(bench.playlist().segments()).hasSizeGreaterThan(8);
    }

    private Encoder publishAndWaitForTheDisk(Duration length) {
        Encoder encoder = bench.encoder(bench.connect()).announce().send(length);
        await().until(() -> bench.newest().objects().values().stream()
                .filter(media -> media.name().endsWith(".ts"))
                .allMatch(media -> media.file().isPresent()));
        return encoder;
    }

    private static Path path(StoredMedia media) {
        return media.file().orElseThrow().path();
    }

    private static byte[] bytesInMemory(StoredMedia media) {
        ByteBuf bytes = media.borrow().orElseThrow();
        try {
            return ByteBufUtil.getBytes(bytes);
        } finally {
            bytes.release();
        }
    }
}
