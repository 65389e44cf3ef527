package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All versions of one media playlist that a viewer has seen; each must follow from the one before.
///
/// Source: RFC 8216, section 6.2.1 (changes a server may make) and 6.2.2 (live playlists).
final class PlaylistHistory {
    private final Map<Long, MediaPlaylistText.Segment> segmentsByNumber = new HashMap<>();
    private final Map<Long, List<MediaPlaylistText.Part>> partsByNumber = new HashMap<>();
    private Optional<MediaPlaylistText> latest = Optional.empty();

    /// Checks the next version against all before it.
    MediaPlaylistText add(MediaPlaylistText playlist) {
        latest.ifPresent(before -> checkStep(before, playlist));
        for (int index = 0; index < playlist.segments().size(); index++) {
            checkSegment(playlist.mediaSequence() + index, playlist.segments().get(index));
        }
        checkPartsStayListed(playlist);
        latest = Optional.of(playlist);
        return playlist;
    }

    private static void checkStep(MediaPlaylistText before, MediaPlaylistText after) {
        assertThat(after.targetDurationSeconds())
                .as("the target duration MUST NOT change (6.2.1)")
                .isEqualTo(before.targetDurationSeconds());
        assertThat(after.lowLatency())
                .as("EXT-X-PART-INF and EXT-X-SERVER-CONTROL MUST NOT change (6.2.1)")
                .isEqualTo(before.lowLatency());
        assertThat(after.mediaSequence())
                .as("the media sequence number MUST NOT decrease (6.2.2)")
                .isBetween(before.mediaSequence(), before.nextMediaSequence());
        assertThat(after.nextMediaSequence())
                .as("segments are only taken away at the beginning (6.2.2)")
                .isGreaterThanOrEqualTo(before.nextMediaSequence());
        assertThat(after.discontinuitySequence())
                .as("the discontinuity sequence counts the discontinuities that left the window (6.2.2)")
                .isEqualTo(before.discontinuitySequence() + discontinuitiesLost(before, after));
        if (before.ended()) {
            assertThat(after)
                    .as("a playlist with EXT-X-ENDLIST does not change (4.3.3.4)")
                    .isEqualTo(before);
        }
    }

    private static long discontinuitiesLost(MediaPlaylistText before, MediaPlaylistText after) {
        long lost = after.mediaSequence() - before.mediaSequence();
        return before.segments().stream()
                .limit(lost)
                .filter(MediaPlaylistText.Segment::discontinuity)
                .count();
    }

    private void checkSegment(long number, MediaPlaylistText.Segment segment) {
        MediaPlaylistText.Segment known = segmentsByNumber.putIfAbsent(number, segment.withoutParts());
        if (known != null) {
            assertThat(segment.withoutParts())
                    .as("segment %d MUST be what it was (6.2.1)", number)
                    .isEqualTo(known);
        }
        List<MediaPlaylistText.Part> listed = partsByNumber.getOrDefault(number, List.of());
        if (!segment.parts().isEmpty()) {
            assertGoesOn(number, listed, segment.parts());
            partsByNumber.put(number, segment.parts());
        }
    }

    private void checkPartsStayListed(MediaPlaylistText playlist) {
        long openNumber = playlist.nextMediaSequence();
        assertGoesOn(openNumber, partsByNumber.getOrDefault(openNumber, List.of()), playlist.openParts());
        partsByNumber.put(openNumber, playlist.openParts());
        BigDecimal toEnd = BigDecimal.ZERO;
        BigDecimal kept = BigDecimal.valueOf(3L * playlist.targetDurationSeconds());
        for (int index = playlist.segments().size() - 1; index >= 0 && toEnd.compareTo(kept) < 0; index--) {
            long number = playlist.mediaSequence() + index;
            List<MediaPlaylistText.Part> listed = partsByNumber.getOrDefault(number, List.of());
            assertGoesOn(number, listed, playlist.segments().get(index).parts());
            toEnd = toEnd.add(playlist.segments().get(index).durationSeconds());
        }
    }

    private static void assertGoesOn(
            long number, List<MediaPlaylistText.Part> before, List<MediaPlaylistText.Part> after) {
        assertThat(after.subList(0, Math.min(before.size(), after.size())))
                .as("parts of segment %d are what they were, for three target durations (6.2.2)", number)
                .isEqualTo(before);
    }

    /// Discontinuities among all segments seen so far.
    long discontinuities() {
        return segmentsByNumber.values().stream()
                .filter(MediaPlaylistText.Segment::discontinuity)
                .count();
    }
}
