package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.lunarstream.hls.ListedSegment;
import io.lunarstream.hls.MediaPlaylist;
import io.lunarstream.hls.SegmentForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// A disk that is full, read-only, slow or gone, while a stream is live. Source: what a broken input gets, "disk full".
class DiskTroubleIT {
    private static final Duration A_WHILE = Duration.ofSeconds(5);
    private static final Duration A_WINDOW = Duration.ofSeconds(40);
    private static final int PICTURE_BYTES = 4_000;

    /// 8 Mbit/s: a window of it is more than may be in memory alone.
    private static final int LARGE_PICTURE_BYTES = 40_000;

    /// What MPEG-TS begins with.
    private static final int SYNC_BYTE = 0x47;

    /// Where fMP4 has the `m` of `moof`.
    private static final int BOX_TYPE = 4;

    @TempDir
    private Path folder;

    private final HeldTasks writer = new HeldTasks();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private MediaFiles files;
    private LiveBench bench;

    @BeforeEach
    void open() {
        files = new MediaFiles(folder.resolve("media"), writer, MediaFiles.FULL_FILE_BYTES);
        bench = new LiveBench(LiveSettings.Takeover.REPLACE, 100, files);
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void givesEverythingBack() {
        logger().detachAppender(log);
        writer.goOn();
        bench.close();
    }

    @Test
    void aFullDiskStopsNobodyAndIsUsedAgainWhenThereIsRoom() {
        try (SmallDisk disk = new SmallDisk(folder.resolve("media"), 64)) {
            Encoder encoder = bench.encoder(PICTURE_BYTES).send(A_WHILE);
            disk.fill();
            encoder.send(A_WINDOW);
            assertThat(files.failing()).isTrue();
            assertThat(files.failures()).isPositive();
            assertWindowIsWholeAndInMemory();
            disk.empty();
            encoder.send(A_WINDOW);
            assertThat(files.failing()).isFalse();
            assertEverySegmentHasItsFile();
            assertThat(log.list)
                    .extracting(event -> event.getLevel().toString())
                    .containsExactly("ERROR", "INFO");
            bench.end();
            bench.time.advance(Generations.KEPT_AFTER_END);
        }
    }

    @Test
    void aReadOnlyDiskStopsNobody() {
        try (SmallDisk disk = new SmallDisk(folder.resolve("media"), 256)) {
            Encoder encoder = bench.encoder(LARGE_PICTURE_BYTES).send(A_WHILE);
            disk.readOnly(true);
            encoder.send(A_WINDOW);
            assertThat(files.failing()).isTrue();
            assertWindowIsWholeAndInMemory();
            disk.readOnly(false);
            encoder.send(A_WINDOW);
            assertThat(files.failing()).isFalse();
            assertEverySegmentHasItsFile();
            bench.end();
            bench.time.advance(Generations.KEPT_AFTER_END);
        }
    }

    /// What was written before the disk failed is not what viewers have seen last.
    @Test
    void aRunThatStoppedWhileTheDiskWasFullLeavesNothingToGoOnWith() {
        try (SmallDisk disk = new SmallDisk(folder.resolve("media"), 64)) {
            Encoder encoder = bench.encoder(PICTURE_BYTES).send(A_WHILE);
            disk.fill();
            encoder.send(A_WHILE);
            try (MediaFiles next = LiveBench.promptFiles(folder.resolve("media"));
                    LiveBench after = new LiveBench(LiveSettings.Takeover.REPLACE, 100, next)) {
                after.streams.takeBack(() -> after.loop);
                assertThat(after.streams.windows(LiveBench.KEY)).isEmpty();
            }
            bench.end();
            bench.time.advance(Generations.KEPT_AFTER_END);
        }
    }

    @Test
    void aDiskThatDoesNothingIsSlowUntilItGoesOn() {
        Encoder encoder = bench.encoder(PICTURE_BYTES).send(A_WHILE);
        assertThat(bench.streams.diskIsSlow()).isFalse();
        writer.hang();
        encoder.send(A_WHILE);
        await().until(bench.streams::diskIsSlow);
        writer.goOn();
        assertThat(bench.streams.diskIsSlow()).isFalse();
    }

    @Test
    void aPartWaitsForTheDiskAndNotForLong() {
        Encoder encoder = bench.encoder(PICTURE_BYTES).send(A_WHILE);
        writer.hang();
        int before = openParts();
        while (waitingParts() == 0) {
            encoder.send(Duration.ofMillis(40));
        }
        assertThat(openParts()).isEqualTo(before);
        bench.time.advance(PendingWindows.LONGEST_WAIT.minusMillis(41));
        assertThat(openParts()).isEqualTo(before);
        bench.time.advance(Duration.ofMillis(1));
        assertThat(openParts()).isEqualTo(before + 1);
    }

    @Test
    void aPartIsShownWhenTheDiskHasIt() {
        Encoder encoder = bench.encoder(PICTURE_BYTES).send(A_WHILE);
        writer.hang();
        int before = openParts();
        while (waitingParts() == 0) {
            encoder.send(Duration.ofMillis(40));
        }
        writer.goOn();
        assertThat(openParts()).isEqualTo(before);
        bench.time.settle();
        assertThat(openParts()).isEqualTo(before + 1);
    }

    @Test
    void aDiskThatHangsDelaysNobodyAndTakesNoMoreMemoryThanAllowed() {
        Encoder encoder = bench.encoder(LARGE_PICTURE_BYTES).send(A_WHILE);
        writer.hang();
        encoder.send(Duration.ofMinutes(3));
        assertThat(files.failing()).isTrue();
        assertThat(files.waitingBytes()).isLessThanOrEqualTo(128L * 1_024 * 1_024);
        assertWindowIsWholeAndInMemory();
        writer.goOn();
        encoder.send(A_WINDOW);
        assertThat(files.failing()).isFalse();
        assertThat(files.waitingBytes()).isZero();
        assertEverySegmentHasItsFile();
        assertThat(log.list).extracting(event -> event.getLevel().toString()).containsExactly("ERROR", "INFO");
    }

    /// The newest are kept, and no fewer than players need.
    @Test
    void theWindowGetsShorterWhenMemoryIsAllThereIs() throws IOException {
        deleteTree(folder.resolve("media"));
        Files.createFile(folder.resolve("media"));
        bench.encoder(LARGE_PICTURE_BYTES).send(Duration.ofMinutes(2));
        assertWindowIsWholeAndInMemory();
        MediaPlaylist playlist = bench.playlist();
        long ticks = playlist.segments().stream()
                .mapToLong(ListedSegment::durationTicks)
                .sum();
        assertThat(ticks).isBetween(4L * playlist.targetDurationSeconds() * 90_000, 20L * 90_000);
        assertThat(bench.newest().objects().values().stream()
                        .filter(StoredMedia::needsFile)
                        .mapToLong(StoredMedia::bytes)
                        .sum())
                .isLessThan(GenerationMedia.MOST_UNSAVED_BYTES + 8L * 1_024 * 1_024);
    }

    @Test
    void aFolderThatIsDeletedUnderTheRunningServerIsWrittenAnew() {
        Encoder encoder = bench.encoder(PICTURE_BYTES).send(A_WINDOW);
        deleteTree(folder.resolve("media"));
        encoder.send(Duration.ofSeconds(3));
        assertEverySegmentHasItsFile();
        assertThat(bench.playlist().segments()).hasSizeGreaterThanOrEqualTo(5);
        encoder.send(A_WINDOW);
        assertThat(bench.playlist().segments()).hasSize(15);
        assertEverySegmentHasItsFile();
    }

    @Test
    void anEndedPlaylistIsOnTheDiskAlone() {
        bench.encoder(PICTURE_BYTES).send(A_WHILE);
        bench.end();
        assertThat(bench.allocator.metric().usedDirectMemory()).isZero();
        assertEverySegmentHasItsFile();
        assertThat(StoredBytes.of(bench.newest().objects())).isNotEmpty();
    }

    private void assertWindowIsWholeAndInMemory() {
        for (ListedSegment segment : bench.playlist().segments()) {
            for (SegmentForm form : SegmentForm.values()) {
                assertThat(StoredBytes.of(bench.object(segment.name() + form.extension())))
                        .isNotEmpty();
            }
            assertThat(StoredBytes.of(bench.object(segment.initName()))).isNotEmpty();
        }
        assertThat(bench.mediaSequenceNumbers()).isSorted().doesNotHaveDuplicates();
    }

    private void assertEverySegmentHasItsFile() {
        for (ListedSegment segment : bench.playlist().segments()) {
            for (SegmentForm form : SegmentForm.values()) {
                StoredMedia media = bench.object(segment.name() + form.extension());
                byte[] written = StoredBytes.onDisk(media);
                assertThat(StoredBytes.of(media)).isEqualTo(written);
                assertThat(form == SegmentForm.MPEG_TS ? written[0] : written[BOX_TYPE])
                        .isEqualTo((byte) (form == SegmentForm.MPEG_TS ? SYNC_BYTE : 'm'));
            }
            assertThat(StoredBytes.of(bench.object(segment.initName()))).isNotEmpty();
        }
    }

    private int openParts() {
        return bench.playlist().open().map(open -> open.parts().size()).orElse(0);
    }

    private long waitingParts() {
        return files.waitingBytes();
    }

    private static void deleteTree(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Logger logger() {
        return (Logger) Objects.requireNonNull(LoggerFactory.getLogger(MediaFiles.class));
    }
}
