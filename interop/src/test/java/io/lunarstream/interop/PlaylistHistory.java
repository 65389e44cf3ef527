package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// All versions of one media playlist that a viewer has seen; each must follow from the one before.
///
/// Source: RFC 8216, section 6.2.1 (changes a server may make) and 6.2.2 (live playlists).
final class PlaylistHistory {
    private final Map<Long, MediaPlaylistText.Segment> segmentsByNumber = new HashMap<>();
    private Optional<MediaPlaylistText> latest = Optional.empty();

    /// Checks the next version against all before it.
    MediaPlaylistText add(MediaPlaylistText playlist) {
        latest.ifPresent(before -> checkStep(before, playlist));
        for (int index = 0; index < playlist.segments().size(); index++) {
            checkSegment(playlist.mediaSequence() + index, playlist.segments().get(index));
        }
        latest = Optional.of(playlist);
        return playlist;
    }

    private static void checkStep(MediaPlaylistText before, MediaPlaylistText after) {
        assertThat(after.targetDurationSeconds())
                .as("the target duration MUST NOT change (6.2.1)")
                .isEqualTo(before.targetDurationSeconds());
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
                    .as("a playlist with EXT-X-ENDLIST does not change")
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
        MediaPlaylistText.Segment known = segmentsByNumber.putIfAbsent(number, segment);
        if (known != null) {
            assertThat(segment).as("segment %d is what it was", number).isEqualTo(known);
        }
    }

    /// Discontinuities among all segments seen so far.
    long discontinuities() {
        return segmentsByNumber.values().stream()
                .filter(MediaPlaylistText.Segment::discontinuity)
                .count();
    }
}
