package io.lunarstream.bench.playlist;

import static io.lunarstream.bench.playlist.Rule.require;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All versions of one media playlist that a viewer has seen; each must follow from the one before.
///
/// Source: RFC 8216, section 6.2.1 (changes a server may make) and 6.2.2 (live playlists).
public final class PlaylistHistory {
    private final Map<Long, MediaPlaylistText.Segment> segmentsByNumber = new HashMap<>();
    private final Map<Long, List<MediaPlaylistText.Part>> partsByNumber = new HashMap<>();
    private Optional<MediaPlaylistText> latest = Optional.empty();

    /// Checks the next version against all before it.
    public MediaPlaylistText add(MediaPlaylistText playlist) {
        latest.ifPresent(before -> checkStep(before, playlist));
        for (int index = 0; index < playlist.segments().size(); index++) {
            checkSegment(playlist.mediaSequence() + index, playlist.segments().get(index));
        }
        checkPartsStayListed(playlist);
        latest = Optional.of(playlist);
        return playlist;
    }

    private static void checkStep(MediaPlaylistText before, MediaPlaylistText after) {
        requireSame(
                "the target duration MUST NOT change (6.2.1)",
                before.targetDurationSeconds(),
                after.targetDurationSeconds());
        requireSame(
                "EXT-X-PART-INF and EXT-X-SERVER-CONTROL MUST NOT change (6.2.1)",
                before.lowLatency(),
                after.lowLatency());
        require(
                after.mediaSequence() >= before.mediaSequence() && after.mediaSequence() <= before.nextMediaSequence(),
                "the media sequence number MUST NOT decrease (6.2.2), nor jump over segments: " + after.mediaSequence()
                        + " after " + before.mediaSequence() + " to " + before.nextMediaSequence());
        require(
                after.nextMediaSequence() >= before.nextMediaSequence(),
                "segments are only taken away at the beginning (6.2.2): up to " + after.nextMediaSequence() + " after "
                        + before.nextMediaSequence());
        requireSame(
                "the discontinuity sequence counts the discontinuities that left the window (6.2.2)",
                before.discontinuitySequence() + discontinuitiesLost(before, after),
                after.discontinuitySequence());
        if (before.ended()) {
            requireSame("a playlist with EXT-X-ENDLIST does not change (4.3.3.4)", before, after);
        }
    }

    private static void requireSame(String rule, Object expected, Object actual) {
        require(actual.equals(expected), rule + ": " + actual + " and not " + expected);
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
            requireSame("segment " + number + " MUST be what it was (6.2.1)", known, segment.withoutParts());
        }
        List<MediaPlaylistText.Part> listed = partsByNumber.getOrDefault(number, List.of());
        if (!segment.parts().isEmpty()) {
            requireGoesOn(number, listed, segment.parts());
            partsByNumber.put(number, segment.parts());
        }
    }

    private void checkPartsStayListed(MediaPlaylistText playlist) {
        long openNumber = playlist.nextMediaSequence();
        requireGoesOn(openNumber, partsByNumber.getOrDefault(openNumber, List.of()), playlist.openParts());
        partsByNumber.put(openNumber, playlist.openParts());
        BigDecimal toEnd = BigDecimal.ZERO;
        BigDecimal kept = BigDecimal.valueOf(3L * playlist.targetDurationSeconds());
        for (int index = playlist.segments().size() - 1; index >= 0 && toEnd.compareTo(kept) < 0; index--) {
            long number = playlist.mediaSequence() + index;
            List<MediaPlaylistText.Part> listed = partsByNumber.getOrDefault(number, List.of());
            requireGoesOn(number, listed, playlist.segments().get(index).parts());
            toEnd = toEnd.add(playlist.segments().get(index).durationSeconds());
        }
    }

    private static void requireGoesOn(
            long number, List<MediaPlaylistText.Part> before, List<MediaPlaylistText.Part> after) {
        requireSame(
                "parts of segment " + number + " are what they were, for three target durations (6.2.2)",
                before,
                after.subList(0, Math.min(before.size(), after.size())));
    }

    /// Discontinuities among all segments seen so far.
    public long discontinuities() {
        return segmentsByNumber.values().stream()
                .filter(MediaPlaylistText.Segment::discontinuity)
                .count();
    }
}
