package io.lunarstream.hls;

import io.lunarstream.media.Timescale;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A media playlist at one moment. Source: RFC 8216, section 4.3.3; draft-pantos-hls-rfc8216bis, section 4.4.3.
///
/// Parts are listed in the fMP4 form only.
///
/// @param targetDurationSeconds `EXT-X-TARGETDURATION`, the same in every version
/// @param partTargetMs `PART-TARGET` in milliseconds, the same in every version
/// @param discontinuitySequence `EXT-X-DISCONTINUITY-SEQUENCE`: how many discontinuities have left the window
/// @param segments oldest first, numbers without a gap, at least one
/// @param open the segment that is being made, once it has a part
/// @param preloadHint address of the part to come, if one is expected: `EXT-X-PRELOAD-HINT`
/// @param others addresses of the generation's other playlists, which list segments and parts of the same numbers:
///     `EXT-X-RENDITION-REPORT`
/// @param ended whether nothing will be added: `EXT-X-ENDLIST`
public record MediaPlaylist(
        int targetDurationSeconds,
        int partTargetMs,
        long discontinuitySequence,
        List<ListedSegment> segments,
        Optional<OpenSegment> open,
        Optional<String> preloadHint,
        List<String> others,
        boolean ended) {

    /// Where a part or segment that somebody asks for is. Source: draft-pantos-hls-rfc8216bis, section 6.2.5.2.
    public enum Reach {
        /// This playlist lists it, or one after it.
        LISTED,
        /// A later playlist will list it.
        AWAITED,
        /// So far ahead that nobody who has read this playlist asks for it.
        TOO_FAR
    }

    /// Distance from the end of the playlist from which on a delta update leaves segments out: `CAN-SKIP-UNTIL`. The
    /// smallest that is allowed.
    static final int SKIP_TARGET_DURATIONS = 6;

    /// How many segments after the last one may be asked for.
    private static final int MOST_SEGMENTS_AHEAD = 2;

    /// How much media in parts after the last one may be asked for: the advance part limit.
    private static final int MOST_PARTS_AHEAD_MS = 3_000;

    /// The advance part limit where a part lasts a second.
    private static final int MOST_LONG_PARTS_AHEAD = 3;

    public MediaPlaylist {
        segments = List.copyOf(segments);
        others = List.copyOf(others);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("a media playlist lists at least one segment");
        }
    }

    /// `EXT-X-MEDIA-SEQUENCE`.
    public long mediaSequence() {
        return segments.getFirst().mediaSequence();
    }

    /// The playlist as UTF-8 text, its addresses relative to its own.
    public String text(SegmentForm form) {
        return new MediaPlaylistWriter(this, form).write(/* skipped= */ 0);
    }

    /// A delta update of the fMP4 form, for those who have read the playlist before; the whole playlist if there is
    /// nothing to leave out. Source: draft-pantos-hls-rfc8216bis, section 6.2.5.1.
    public String deltaUpdate() {
        return new MediaPlaylistWriter(this, SegmentForm.FMP4).write(skippable());
    }

    /// Where a segment or one of its parts is: `_HLS_msn` and `_HLS_part`.
    ///
    /// @param mediaSequence the number of the segment
    /// @param partIndex the part within it, from 0; without one the whole segment is meant. One after a
    ///     segment's last is the first of the next segment
    public Reach reach(long mediaSequence, OptionalInt partIndex) {
        ListedSegment last = segments.getLast();
        long ahead = mediaSequence - last.mediaSequence();
        if (ahead > MOST_SEGMENTS_AHEAD) {
            return Reach.TOO_FAR;
        }
        if (ahead < 0 || partIndex.isEmpty()) {
            return ahead <= 0 ? Reach.LISTED : Reach.AWAITED;
        }
        int part = partIndex.getAsInt();
        if (ahead == 0) {
            boolean within = last.parts().isEmpty() || part < last.parts().size();
            return within || open.isPresent() ? Reach.LISTED : Reach.AWAITED;
        }
        int openParts = open.map(segment -> segment.parts().size()).orElse(0);
        if (part - openParts >= advancePartLimit()) {
            return Reach.TOO_FAR;
        }
        return ahead == 1 && part < openParts ? Reach.LISTED : Reach.AWAITED;
    }

    private int advancePartLimit() {
        return partTargetMs < 1_000 ? Math.ceilDiv(MOST_PARTS_AHEAD_MS, partTargetMs) : MOST_LONG_PARTS_AHEAD;
    }

    /// How many segments lie wholly before the skip boundary.
    private int skippable() {
        long boundaryTicks = SKIP_TARGET_DURATIONS * Timescale.MPEG.ofMillis(1_000L * targetDurationSeconds);
        long ticksToEnd = open.stream()
                .flatMap(segment -> segment.parts().stream())
                .mapToLong(ListedPart::durationTicks)
                .sum();
        int kept = 0;
        while (kept < segments.size() && ticksToEnd < boundaryTicks) {
            kept++;
            ticksToEnd += segments.get(segments.size() - kept).durationTicks();
        }
        return ended ? 0 : segments.size() - kept;
    }
}
