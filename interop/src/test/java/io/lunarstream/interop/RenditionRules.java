package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.playlist.MediaPlaylistText;
import io.lunarstream.bench.playlist.TagAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the media playlists of one presentation owe each other. Source: RFC 8216, section 6.2.4, and
/// draft-pantos-hls-rfc8216bis, section 4.4.5.4.
final class RenditionRules {
    private static final String REPORT = "#EXT-X-RENDITION-REPORT:";

    private RenditionRules() {}

    /// Where a rendition report says that a playlist ends.
    private record Report(long mediaSequence, Optional<Integer> part) {}

    /// Checks playlists that need not have been read at the same moment, by their names.
    static void check(Map<String, String> texts) {
        Map<String, MediaPlaylistText> playlists = new TreeMap<>();
        texts.forEach((name, text) -> playlists.put(name, MediaPlaylistText.parse(text)));
        playlists.values().forEach(one -> playlists.values().forEach(other -> checkAlike(one, other)));
        playlists.forEach((name, playlist) -> {
            if (!playlist.ended() && playlist.lowLatency().isPresent()) {
                Set<String> others = new TreeSet<>(texts.keySet());
                others.remove(name);
                checkReports(playlist, reports(texts.getOrDefault(name, "")), others);
            }
        });
    }

    private static void checkAlike(MediaPlaylistText one, MediaPlaylistText other) {
        assertThat(other.targetDurationSeconds())
                .as("target durations SHOULD be the same (6.2.4)")
                .isEqualTo(one.targetDurationSeconds());
        long from = Math.max(one.mediaSequence(), other.mediaSequence());
        long to = Math.min(one.nextMediaSequence(), other.nextMediaSequence());
        assertThat(to).as("playlists overlap").isGreaterThan(from);
        for (long number = from; number < to; number++) {
            assertThat(timing(other, number))
                    .as("matching segments have the same number, length, date and discontinuity (6.2.4): %d", number)
                    .isEqualTo(timing(one, number));
        }
    }

    private static List<Object> timing(MediaPlaylistText playlist, long number) {
        MediaPlaylistText.Segment segment = playlist.segments().get((int) (number - playlist.mediaSequence()));
        return List.of(segment.durationSeconds(), segment.discontinuity(), segment.programDateTime());
    }

    private static void checkReports(MediaPlaylistText playlist, Map<String, Report> reports, Set<String> others) {
        assertThat(reports.keySet())
                .as("a rendition report for every other playlist (4.4.5.4)")
                .isEqualTo(others);
        boolean open = !playlist.openParts().isEmpty();
        long last = playlist.nextMediaSequence() - (open ? 0 : 1);
        reports.forEach((name, report) -> {
            assertThat(report.mediaSequence())
                    .as("LAST-MSN of %s is not behind what is listed here", name)
                    .isBetween(last, last + 1);
            assertThat(report.part())
                    .as("LAST-PART is REQUIRED if the playlist has parts (4.4.5.4): %s", name)
                    .isPresent();
        });
    }

    private static Map<String, Report> reports(String text) {
        Map<String, Report> reports = new TreeMap<>();
        text.lines().filter(line -> line.startsWith(REPORT)).forEach(line -> {
            TagAttributes attributes = TagAttributes.of(line.substring(REPORT.length()));
            Report report = new Report(
                    Long.parseLong(attributes.value("LAST-MSN")),
                    attributes.optional("LAST-PART").map(Integer::valueOf));
            assertThat(reports.put(attributes.quoted("URI"), report))
                    .as("one report for each: %s", line)
                    .isNull();
        });
        return reports;
    }
}
