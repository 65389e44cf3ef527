package io.lunarstream.bench.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The judge of playlists is judged by files: each broken one is refused for the rule it breaks, and good ones pass.
///
/// `NAME.1.m3u8`, `NAME.2.m3u8` are versions of one playlist; the last one breaks the rule. Sections are those of RFC
/// 8216, or of draft-pantos-hls-rfc8216bis where they begin with 4.4 or are 6.2.5.
class PlaylistExamplesTest {
    private static final Path BROKEN = Path.of("src/test/resources/broken-playlists");
    private static final Path GOOD = Path.of("src/test/resources/good-playlists");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "01-first-line                       | the first line MUST be #EXTM3U (4.3.1.1)",
                "02-version-twice                    | EXT-X-VERSION MUST NOT appear twice (4.3.1.2)",
                "03-no-target-duration               | EXT-X-TARGETDURATION is REQUIRED (4.3.3.1)",
                "04-segment-longer-than-target | EXTINF, rounded, MUST be at most the target duration (4.3.3.1)",
                "05-segment-without-duration         | EXTINF is REQUIRED for each segment (4.3.2.1)",
                "06-fraction-in-version-1            | a fraction in EXTINF needs version 3 (7)",
                "07-media-sequence-after-a-segment   | MUST come before the segments (4.3.3.2)",
                "08-negative-media-sequence          | is a decimal-integer (4.2)",
                "09-discontinuity-sequence-too-late  | MUST come before segments and discontinuities (4.3.3.3)",
                "10-fmp4-without-map                 | a segment of fMP4 needs an EXT-X-MAP (3.3)",
                "11-map-in-version-5                 | EXT-X-MAP needs version 6 (7)",
                "12-attribute-twice                  | an attribute MUST NOT appear twice (4.2)",
                "13-parts-without-part-inf           | EXT-X-PART-INF is REQUIRED with parts (4.4.3.7)",
                "14-part-longer-than-part-target     | a part MUST NOT be longer than PART-TARGET (4.4.4.9)",
                "15-short-part-in-mid-segment        | MUST be 85 % of PART-TARGET at least (4.4.4.9)",
                "16-part-hold-back-too-short | PART-HOLD-BACK SHOULD be at least three part targets (4.4.3.8)",
                "17-hold-back-too-short              | HOLD-BACK MUST be at least three target durations (4.4.3.8)",
                "18-skip-without-skip-boundary       | EXT-X-SKIP without CAN-SKIP-UNTIL (4.4.3.8)",
                "19-discontinuity-between-parts | MUST appear before the first EXT-X-PART of its segment (4.4.4.9)",
                "20-hint-at-a-listed-part            | a part that is listed is not hinted at (4.4.5.3)",
                "21-hint-after-the-end               | no EXT-X-PRELOAD-HINT with EXT-X-ENDLIST (4.4.5.3)",
                "22-segments-in-a-multivariant-playlist | MUST NOT be in a multivariant playlist (4.1)",
                "23-variant-without-bandwidth        | BANDWIDTH is REQUIRED (4.3, 4.4)",
                "24-variant-without-address          | a URI MUST follow EXT-X-STREAM-INF (4.3.4.2)",
                "25-audio-group-that-is-not-there    | AUDIO MUST match a GROUP-ID of EXT-X-MEDIA (4.3.4.2)",
                "26-two-renditions-of-one-name       | all of a group MUST have different NAMEs (4.3.4.1.1)",
                "27-target-duration-changes          | the target duration MUST NOT change (6.2.1)",
                "28-media-sequence-goes-back         | the media sequence number MUST NOT decrease (6.2.2)",
                "29-segment-changes                  | segment 9 MUST be what it was (6.2.1)",
                "30-segment-taken-from-the-end       | segments are only taken away at the beginning (6.2.2)",
                "31-segment-in-between-is-gone       | segment 8 MUST be what it was (6.2.1)",
                "32-discontinuity-not-counted        | counts the discontinuities that left the window (6.2.2)",
                "33-end-taken-back                   | a playlist with EXT-X-ENDLIST does not change (4.3.3.4)",
                "34-part-changes                     | parts of segment 43 are what they were",
                "35-part-target-changes | EXT-X-PART-INF and EXT-X-SERVER-CONTROL MUST NOT change (6.2.1)",
                "36-skipped-segment-never-listed     | a segment is skipped that was not listed before (6.2.5.1)",
            })
    void refusesABrokenPlaylist(String name, String rule) throws IOException {
        List<String> versions = versions(BROKEN, name);
        Judge judge = new Judge();
        versions.subList(0, versions.size() - 1).forEach(judge::read);
        assertThatThrownBy(() -> judge.read(versions.getLast()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void everyBrokenPlaylistIsInTheTable() throws IOException, NoSuchMethodException {
        String[] table = PlaylistExamplesTest.class
                .getDeclaredMethod("refusesABrokenPlaylist", String.class, String.class)
                .getAnnotation(CsvSource.class)
                .value();
        assertThat(names(BROKEN))
                .containsExactlyElementsOf(Stream.of(table)
                        .map(row -> row.substring(0, row.indexOf(' ')))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource
    void takesAGoodPlaylist(String name) throws IOException {
        Judge judge = new Judge();
        versions(GOOD, name).forEach(judge::read);
        assertThat(judge.taken).isPositive();
    }

    static List<String> takesAGoodPlaylist() throws IOException {
        return names(GOOD);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(PlaylistExamplesTest::name).distinct().sorted().toList();
        }
    }

    /// The texts of one example, in their order.
    private static List<String> versions(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> name(file).equals(name))
                    .sorted()
                    .map(PlaylistExamplesTest::text)
                    .toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\..*", "");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads versions of one playlist as the follower does.
    private static final class Judge {
        private final PlaylistHistory history = new PlaylistHistory();
        private Optional<MediaPlaylistText> latest = Optional.empty();
        private int taken;

        void read(String text) {
            if (text.contains("#EXT-X-STREAM-INF")) {
                assertThat(MultivariantPlaylistText.parse(text).mediaPlaylists())
                        .isNotEmpty();
            } else {
                MediaPlaylistText playlist = MediaPlaylistText.parse(text);
                Optional<MediaPlaylistText> whole =
                        latest.filter(_ -> playlist.skippedSegments() > 0).map(playlist::onto);
                latest = Optional.of(history.add(whole.orElse(playlist)));
            }
            taken++;
        }
    }
}
