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

    /// A segment of 2 s has 200 kB and something.
    private static final int PICTURE_BYTES = 4_000;

    private static final long BYTES_OF_FOUR_SEGMENTS = 750_000;

    @TempDir
    private Path folder;

    private Path directory;
    private MediaFiles files;
    private LiveBench bench;

    @BeforeEach
    void open() {
        directory = folder.resolve("media");
        files = new MediaFiles(directory, new CallerRuns(), BYTES_OF_FOUR_SEGMENTS);
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
        assertThat(StoredBytes.onDisk(segment)).isEqualTo(before);
    }

    @Test
    void writesBothForms() throws IOException {
        publishAndWaitForTheDisk(Duration.ofSeconds(3));
        for (String extension : List.of(".ts", ".m4s")) {
            String name = bench.playlist().segments().getFirst().name() + extension;
            StoredMedia segment = bench.object(name);
            assertThat(StoredBytes.onDisk(segment)).isEqualTo(bytesInMemory(segment));
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
        assertThat(StoredBytes.onDisk(part)).isEqualTo(before);
    }

    @Test
    void deletesAFileWhenNobodyMayAskForTheLastOfItsSegments() {
        Encoder encoder = bench.encoder(PICTURE_BYTES).send(Duration.ofSeconds(21));
        List<StoredMedia> segments = bench.playlist().segments().stream()
                .map(segment -> bench.object(segment.name() + ".ts"))
                .toList();
        Path file = path(segments.getFirst());
        assertThat(segments.subList(0, 4)).allMatch(media -> path(media).equals(file));
        assertThat(path(segments.get(4))).isNotEqualTo(file);
        StoredMedia last = segments.get(3);
        byte[] before = StoredBytes.of(last);

        encoder.send(NEARLY_AS_LONG_AS_ON_DISK.minusSeconds(10));

        assertThat(bench.newest().objects())
                .doesNotContainKey(segments.getFirst().name())
                .containsKey(last.name());
        assertThat(StoredBytes.onDisk(last)).isEqualTo(before);
        encoder.send(Duration.ofSeconds(10));
        assertThat(file).doesNotExist();
    }

    /// The segment that could not be written gets a file of its own.
    @Test
    void keepsTheSegmentsOfAFileThatCouldNotBeGoneOnWith() throws IOException {
        try (SmallDisk disk = new SmallDisk(Files.createDirectories(directory), 64)) {
            Encoder encoder = bench.encoder(PICTURE_BYTES).send(Duration.ofSeconds(5));
            StoredMedia written =
                    bench.object(bench.playlist().segments().getLast().name() + ".ts");
            byte[] before = StoredBytes.of(written);
            disk.fill();
            encoder.send(Duration.ofSeconds(2));
            StoredMedia refused =
                    bench.object(bench.playlist().segments().getLast().name() + ".ts");
            assertThat(refused.file()).isEmpty();
            disk.empty();

            encoder.send(Duration.ofSeconds(3));

            StoredMedia next =
                    bench.object(bench.playlist().segments().getLast().name() + ".ts");
            assertThat(List.of(path(written), path(refused), path(next))).doesNotHaveDuplicates();
            for (StoredMedia media : List.of(refused, next)) {
                assertThat(StoredBytes.onDisk(media)).isEqualTo(bytesInMemory(media));
            }
            assertThat(StoredBytes.onDisk(written)).isEqualTo(before);
            bench.end();
            bench.time.advance(Generations.KEPT_AFTER_END);
        }
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
        files = LiveBench.promptFiles(inTheWay.resolve("media"));
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
