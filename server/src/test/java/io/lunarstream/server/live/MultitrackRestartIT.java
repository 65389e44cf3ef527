package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.hls.ListedSegment;
import io.lunarstream.hls.MediaPlaylist;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run of the server finds of several encodings and sounds of the run before, which stopped at once.
class MultitrackRestartIT {
    private static final Duration A_WHILE = Duration.ofSeconds(5);
    private static final Duration A_MOMENT = Duration.ofSeconds(2);
    private static final List<String> PLAYLISTS = List.of("video1.m3u8", "video2.m3u8", "audio1.m3u8", "audio2.m3u8");
    private static final int PAYLOAD_BYTES = 1_000;

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
    void allRenditionsCloseTheUnfinishedSegmentAtTheSamePart() {
        publish();
        Map<String, MediaPlaylist> before = runs.bench().newest().playlists();
        LiveBench bench = runs.restart(A_MOMENT);
        assertThat(bench.newest().playlists().keySet()).containsExactlyElementsOf(PLAYLISTS);
        bench.newest().playlists().forEach((name, playlist) -> {
            ListedSegment closed = playlist.segments().getLast();
            assertThat(closed.parts())
                    .as(name)
                    .isEqualTo(Objects.requireNonNull(before.get(name))
                            .open()
                            .orElseThrow()
                            .parts());
            assertThat(timing(playlist)).as(name).isEqualTo(timing(bench.playlist()));
            assertThat(playlist.others()).hasSize(3).doesNotContain(name);
            assertThat(StoredBytes.of(bench.object(closed.name() + ".m4s")))
                    .as(name)
                    .isNotEmpty();
        });
    }

    @Test
    void allRenditionsGoOnBehindOneDiscontinuity() {
        publish();
        String generation = runs.bench().newest().generation();
        LiveBench bench = runs.restart(A_MOMENT);
        publish();
        assertThat(bench.newest().generation()).isEqualTo(generation);
        bench.newest().playlists().forEach((name, playlist) -> {
            assertThat(timing(playlist)).as(name).isEqualTo(timing(bench.playlist()));
            assertThat(playlist.segments())
                    .extracting(ListedSegment::discontinuity)
                    .as(name)
                    .containsExactly(false, false, false, true, false);
        });
    }

    @Test
    void nothingStaysOnTheDiskWhenTheBroadcastIsForgotten() {
        publish();
        assertThat(StoredBytes.filesIn(folder)).hasSizeGreaterThan(PLAYLISTS.size() * 2);
        runs.bench().end();
        runs.bench().time.advance(Generations.KEPT_AFTER_END);
        assertThat(StoredBytes.filesIn(folder)).containsExactly("last-start");
    }

    private void publish() {
        runs.bench().encoder(PAYLOAD_BYTES, /* tracksOfEachKind= */ 2).send(A_WHILE);
    }

    private static List<List<Object>> timing(MediaPlaylist playlist) {
        return playlist.segments().stream()
                .map(segment -> List.<Object>of(
                        segment.mediaSequence(),
                        segment.durationTicks(),
                        segment.programDateTimeMs(),
                        segment.discontinuity()))
                .toList();
    }
}
