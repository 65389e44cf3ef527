package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.hls.ListedSegment;
import io.lunarstream.hls.MediaPlaylist;
import io.lunarstream.hls.OpenSegment;
import io.lunarstream.hls.SegmentForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a run of the server finds of the run before, which stopped at once.
class LiveRestartIT {
    private static final Duration A_WHILE = Duration.ofSeconds(5);
    /// More than one journal is begun in it.
    private static final Duration LONGER_THAN_A_JOURNAL = Duration.ofMinutes(4);

    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    /// Longer than the window: segments have left it and can still be fetched.
    private static final Duration LONG = Duration.ofSeconds(50);

    @TempDir
    private Path folder;

    private RestartBench runs;

    @BeforeEach
    void open() {
        runs = new RestartBench(folder);
    }

    @AfterEach
    void givesEverythingBack() {
        runs.close();
    }

    @Test
    void servesAtOnceAllThatCouldBeFetchedBefore() {
        runs.bench().publish(LONG);
        MediaPlaylist before = runs.bench().playlist();
        Map<String, byte[]> media = StoredBytes.of(runs.bench().newest().objects());
        media.keySet().removeIf(name -> isPart(name) && !isListed(name, before));
        LiveBench bench = runs.restart(Duration.ZERO);
        List<ListedSegment> after = bench.playlist().segments();
        List<ListedSegment> known = after.subList(0, after.size() - 1);
        assertThat(known).hasSizeGreaterThanOrEqualTo(14);
        int left = before.segments().size() - known.size();
        assertThat(known)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("parts")
                .isEqualTo(before.segments().subList(left, before.segments().size()));
        assertThat(bench.playlist().targetDurationSeconds()).isEqualTo(before.targetDurationSeconds());
        assertThat(bench.playlist().partTargetMs()).isEqualTo(before.partTargetMs());
        Map<String, byte[]> found = StoredBytes.of(bench.newest().objects());
        assertThat(found.keySet()).containsAll(media.keySet());
        media.forEach((name, bytes) -> assertThat(found.get(name)).as(name).isEqualTo(bytes));
    }

    @Test
    void closesTheUnfinishedSegmentFromItsParts() {
        runs.bench().publish(A_WHILE);
        OpenSegment open = runs.bench().playlist().open().orElseThrow();
        long next = runs.bench().playlist().segments().getLast().mediaSequence() + 1;
        LiveBench bench = runs.restart(A_MOMENT);
        ListedSegment closed = bench.playlist().segments().getLast();
        assertThat(closed.mediaSequence()).isEqualTo(next);
        assertThat(closed.parts()).isEqualTo(open.parts());
        assertThat(closed.programDateTimeMs()).isEqualTo(open.programDateTimeMs());
        assertThat(bench.playlist().open()).isEmpty();
        assertThat(bench.playlist().preloadHint()).isEmpty();
        int bytes = closed.parts().stream()
                .mapToInt(part -> bench.object(part.name()).bytes())
                .sum();
        assertThat(bench.object(closed.name() + ".m4s").bytes()).isEqualTo(bytes);
        byte[] transportStream = StoredBytes.of(bench.object(closed.name() + ".ts"));
        assertThat(transportStream.length % 188).isZero();
        assertThat(transportStream).isNotEmpty();
    }

    @Test
    void goesOnInTheSamePlaylistWhenTheEncoderComesBack() {
        runs.bench().publish(A_WHILE);
        String generation = runs.bench().newest().generation();
        String bandwidth = bandwidth(runs.bench());
        List<ListedSegment> before = runs.bench().playlist().segments();
        LiveBench bench = runs.restart(A_MOMENT);
        assertThat(bench.told).isEmpty();
        bench.publish(A_WHILE);
        assertThat(bench.newest().generation()).isEqualTo(generation);
        assertThat(bench.mediaSequenceNumbers()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(bench.discontinuities()).containsExactly(false, false, false, true, false);
        assertThat(bench.told).containsExactly("playable");
        assertThat(bandwidth(bench)).isEqualTo(bandwidth);
        List<ListedSegment> after = bench.playlist().segments();
        assertThat(after.get(0).name()).isEqualTo(before.get(0).name());
        assertThat(after).extracting(ListedSegment::programDateTimeMs).isSorted();
        assertThat(after.get(3).name()).doesNotEndWith(start(after.get(2)));
    }

    @Test
    void neverDatesMediaBeforeThePreviousEnd() {
        LiveBench.Connection connection = runs.bench().connect();
        new Encoder(
                        connection.publisher(),
                        runs.bench().time,
                        _ -> runs.bench().time.advance(Duration.ofMillis(10)))
                .announce()
                .send(Duration.ofSeconds(21));
        LiveBench bench = runs.restart(Duration.ZERO);
        ListedSegment last = bench.playlist().segments().getLast();
        bench.publish(A_WHILE);
        ListedSegment next = bench.playlist().segments().stream()
                .filter(ListedSegment::discontinuity)
                .findFirst()
                .orElseThrow();
        assertThat(next.programDateTimeMs())
                .isEqualTo(last.programDateTimeMs() + last.durationTicks() / 90)
                .isGreaterThan(bench.time.millis() - A_WHILE.toMillis());
    }

    @Test
    void countsTheDiscontinuitiesOfAllRuns() {
        for (int run = 0; run < 3; run++) {
            runs.bench().publish(A_WHILE);
            runs.restart(A_MOMENT);
        }
        runs.bench().publish(LONG);
        assertThat(runs.bench().playlist().discontinuitySequence()).isEqualTo(3);
        assertThat(runs.bench().discontinuities()).doesNotContain(true);
    }

    @Test
    void givesNoAddressTwoContents() {
        Map<String, byte[]> seen = new HashMap<>();
        for (int run = 0; run < 3; run++) {
            runs.bench().publish(Duration.ofMillis(5_100));
            String generation = runs.bench().newest().generation();
            StoredBytes.of(runs.bench().newest().objects())
                    .forEach((name, bytes) -> assertThat(seen.merge(generation + name, bytes, (old, _) -> old))
                            .isEqualTo(bytes));
            runs.restart(Duration.ZERO);
        }
        assertThat(seen).hasSizeGreaterThan(30);
    }

    @Test
    void endsWhenTheEncoderStaysAway() {
        runs.bench().publish(A_WHILE);
        LiveBench bench = runs.restart(A_MOMENT);
        assertThat(bench.streams.ingest(LiveBench.KEY))
                .hasValueSatisfying(status -> assertThat(status.connected()).isFalse());
        bench.time.advance(LiveBench.RECONNECT_WINDOW);
        assertThat(bench.playlist().ended()).isTrue();
        assertThat(bench.told).containsExactly("media_server_lost");
        bench.time.advance(Generations.KEPT_AFTER_END);
        assertThat(bench.streams.windows(LiveBench.KEY)).isEmpty();
        assertThat(StoredBytes.filesIn(folder)).containsExactly("last-start");
    }

    @Test
    void endsAsTheControlPlaneSaysUnlessSomebodySends() {
        runs.bench().publish(A_WHILE);
        LiveBench bench = runs.restart(A_MOMENT);
        LiveBench.Connection back = bench.connect();
        var away = bench.streams.giveUp(LiveBench.KEY, EndReason.TOKEN_EXPIRED).toCompletableFuture();
        bench.time.settle();
        assertThat(away).isCompletedWithValue(false);
        back.publisher().disconnected();
        away = bench.streams.giveUp(LiveBench.KEY, EndReason.TOKEN_EXPIRED).toCompletableFuture();
        bench.time.settle();
        assertThat(away).isCompletedWithValue(true);
        assertThat(bench.told).containsExactly("token_expired");
        assertThat(bench.playlist().ended()).isTrue();
    }

    @Test
    void keepsAnEndedPlaylistForTheRestOfItsTime() {
        runs.bench().publish(A_WHILE);
        runs.bench().end();
        LiveBench bench = runs.restart(Duration.ofMinutes(3));
        assertThat(bench.playlist().ended()).isTrue();
        assertThat(bench.streams.ingest(LiveBench.KEY)).isEmpty();
        bench.time.advance(Duration.ofMinutes(1));
        assertThat(bench.streams.windows(LiveBench.KEY)).isPresent();
        bench.time.advance(Duration.ofMinutes(1).plusSeconds(1));
        assertThat(bench.streams.windows(LiveBench.KEY)).isEmpty();
    }

    @Test
    void beginsAnotherPlaylistAfterOneThatHasEnded() {
        runs.bench().publish(A_WHILE);
        String ended = runs.bench().newest().generation();
        runs.bench().end();
        LiveBench bench = runs.restart(A_MOMENT);
        bench.publish(A_WHILE);
        assertThat(bench.newest().generation()).isNotEqualTo(ended);
        assertThat(bench.mediaSequenceNumbers()).containsExactly(3L, 4L);
        assertThat(bench.windows().generation(ended))
                .hasValueSatisfying(
                        window -> assertThat(window.playlist().ended()).isTrue());
    }

    @Test
    void endsThePlaylistWhenOtherTracksComeBack() {
        runs.bench().publish(A_WHILE);
        String before = runs.bench().newest().generation();
        LiveBench bench = runs.restart(A_MOMENT);
        LiveBench.Connection silent = bench.connect();
        bench.encoder(silent).announceVideo().send(A_WHILE);
        assertThat(bench.newest().generation()).isNotEqualTo(before);
        assertThat(bench.windows().generation(before))
                .hasValueSatisfying(
                        window -> assertThat(window.playlist().ended()).isTrue());
    }

    /// The server was told to end: the open segment is closed, all is written, nobody is told an end.
    @Test
    void findsAllThatAnOrderlyStopHasLeft() {
        runs.bench().publish(A_WHILE);
        runs.bench().streams.drain();
        runs.bench().time.settle();
        List<ListedSegment> before = runs.bench().playlist().segments();
        LiveBench bench = runs.restart(A_MOMENT);
        assertThat(bench.playlist().segments()).isEqualTo(before);
        assertThat(bench.playlist().ended()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 8, 100})
    void losesOnlyThePlaylistWhoseJournalIsDamaged(int position) throws IOException {
        runs.bench().publish(A_WHILE);
        String other = "f".repeat(32);
        LiveBench.Connection connection = runs.bench().connect(other, runs.bench().loop);
        runs.bench().encoder(connection).announce().send(A_WHILE);
        byte[] journal = Files.readAllBytes(journal(LiveBench.KEY));
        journal[position] ^= 1;
        Files.write(journal(LiveBench.KEY), journal);
        LiveBench bench = runs.restart(A_MOMENT);
        assertThat(bench.streams.windows(LiveBench.KEY)).isEmpty();
        assertThat(bench.streams.windows(other)).isPresent();
        assertThat(folder.resolve(LiveBench.KEY)).doesNotExist();
        var _ = bench.streams.end(other, EndReason.API_ENDED);
        bench.time.settle();
    }

    @Test
    void takesTheWholePartsOfAJournalThatIsCutOff() throws IOException {
        runs.bench().publish(A_WHILE);
        OpenSegment open = runs.bench().playlist().open().orElseThrow();
        byte[] journal = Files.readAllBytes(journal(LiveBench.KEY));
        runs.kill();
        Files.write(journal(LiveBench.KEY), Arrays.copyOf(journal, journal.length - 3));
        LiveBench bench = runs.restart(A_MOMENT);
        assertThat(bench.playlist().segments().getLast().parts())
                .isEqualTo(open.parts().subList(0, open.parts().size() - 1));
    }

    @Test
    void goesOnAfterHoursWithAJournalThatIsShort() throws IOException {
        runs.bench().publish(LONGER_THAN_A_JOURNAL);
        List<ListedSegment> before = runs.bench().playlist().segments();
        assertThat(Files.size(journal(LiveBench.KEY))).isBetween(1_000L, 300_000L);
        runs.kill();
        LiveBench bench = runs.restart(A_MOMENT);
        assertThat(bench.playlist().segments())
                .extracting(ListedSegment::name)
                .startsWith(before.stream().map(ListedSegment::name).toArray(String[]::new));
    }

    @Test
    void listsNothingBeforeASegmentThatIsMissing() throws IOException {
        runs.close();
        runs = new RestartBench(folder, /* fullBytes= */ 1);
        runs.bench().publish(LONG);
        List<ListedSegment> before = runs.bench().playlist().segments();
        runs.kill();
        deleteFileOf(before.get(5).name() + ".ts");
        LiveBench bench = runs.restart(A_MOMENT);
        assertThat(bench.playlist().segments().getFirst().name())
                .isEqualTo(before.get(6).name());
    }

    @Test
    void givesUpAPlaylistWhoseNewestSegmentIsMissing() throws IOException {
        runs.bench().publish(LONG);
        ListedSegment newest = runs.bench().playlist().segments().getLast();
        runs.kill();
        deleteFileOf(newest.name() + ".m4s");
        LiveBench bench = runs.restart(A_MOMENT);
        assertThat(bench.streams.windows(LiveBench.KEY)).isEmpty();
        assertThat(StoredBytes.filesIn(folder)).containsExactly("last-start");
    }

    @Test
    void leavesForeignFilesAlone() throws IOException {
        Set<String> foreign = new HashSet<>();
        runs.bench().publish(A_WHILE);
        Path generation = generation(LiveBench.KEY);
        Path debris = Files.createDirectories(folder.resolve("e".repeat(32)).resolve("abc"));
        for (Path place : List.of(folder, folder.resolve(LiveBench.KEY), generation, debris)) {
            foreign.add(folder.relativize(Files.createFile(place.resolve("notes.txt")))
                    .toString());
        }
        Path lookalike = Files.createDirectories(folder.resolve("my-videos").resolve("abc"));
        foreign.add(folder.relativize(Files.createFile(lookalike.resolve("1-abc.ts")))
                .toString());
        Files.createFile(debris.resolve("7-abc.m4s"));
        Files.createFile(debris.resolve("from-8-abc.m4s"));
        LiveBench bench = runs.restart(A_MOMENT);
        bench.end();
        bench.time.advance(Generations.KEPT_AFTER_END);
        foreign.add("last-start");
        assertThat(StoredBytes.filesIn(folder)).containsExactlyInAnyOrderElementsOf(foreign);
    }

    @Test
    void keepsFilesOfANewerBroadcastWhenAnOlderOneIsForgotten() {
        runs.bench().publish(A_WHILE);
        runs.bench().end();
        LiveBench.Connection newer = runs.bench().publish(Generations.KEPT_AFTER_END.minusSeconds(20));
        runs.bench().encoder(runs.bench().connect()).announce().send(Duration.ofSeconds(40));
        assertThat(newer.cuts).containsExactly(PublisherCut.REPLACED);
        assertThat(runs.bench().newest().playlist().segments()).allSatisfy(segment -> {
            for (SegmentForm form : SegmentForm.values()) {
                StoredMedia media = runs.bench().object(segment.name() + form.extension());
                assertThat(StoredBytes.onDisk(media)).isEqualTo(StoredBytes.of(media));
            }
        });
        List<Path> generations = new ArrayList<>();
        StoredBytes.filesIn(folder)
                .forEach(file -> generations.add(folder.resolve(file).getParent()));
        assertThat(new HashSet<>(generations)).hasSize(2);
    }

    private void deleteFileOf(String name) throws IOException {
        Files.delete(runs.bench().object(name).file().orElseThrow().path());
    }

    private static boolean isPart(String name) {
        return name.matches("\\d+-\\w+\\.\\d+\\.m4s");
    }

    private static boolean isListed(String part, MediaPlaylist playlist) {
        return Stream.concat(
                        playlist.segments().stream().flatMap(segment -> segment.parts().stream()),
                        playlist.open().stream().flatMap(open -> open.parts().stream()))
                .anyMatch(listed -> listed.name().equals(part));
    }

    private Path journal(String streamKey) throws IOException {
        return generation(streamKey).resolve(Journal.NAME);
    }

    private Path generation(String streamKey) throws IOException {
        try (var folders = Files.list(folder.resolve(streamKey))) {
            return folders.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static String bandwidth(LiveBench bench) {
        PlaylistBody body = Objects.requireNonNull(bench.newest().multivariant().get(SegmentForm.FMP4));
        return body.plain().bytes().toString(StandardCharsets.UTF_8).replaceFirst("(?s).*[:,]BANDWIDTH=(\\d+).*", "$1");
    }

    /// What the run that made a segment has put into its name.
    private static String start(ListedSegment segment) {
        return segment.name().substring(segment.name().indexOf('-'));
    }
}
