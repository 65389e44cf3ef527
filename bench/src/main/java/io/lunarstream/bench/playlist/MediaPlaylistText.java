package io.lunarstream.bench.playlist;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A media playlist as a strict stranger reads it: what RFC 8216 and draft-pantos-hls-rfc8216bis say MUST be is an
/// error when it is not.
///
/// Written from these two, sections 4.3 and 4.4, and not from the writer that is under test.
///
/// @param targetDurationSeconds EXT-X-TARGETDURATION
/// @param mediaSequence EXT-X-MEDIA-SEQUENCE: the number of the first segment listed or skipped
/// @param discontinuitySequence EXT-X-DISCONTINUITY-SEQUENCE
/// @param skippedSegments EXT-X-SKIP: how many of the oldest segments a delta update leaves out
/// @param lowLatency what the playlist says about its parts, if it has any
/// @param segments those that are whole
/// @param openParts parts of the segment that is not whole yet
/// @param preloadHint EXT-X-PRELOAD-HINT: address of the part to come
/// @param ended whether EXT-X-ENDLIST is there
public record MediaPlaylistText(
        int version,
        int targetDurationSeconds,
        long mediaSequence,
        long discontinuitySequence,
        int skippedSegments,
        Optional<LowLatency> lowLatency,
        List<Segment> segments,
        List<Part> openParts,
        Optional<String> preloadHint,
        boolean ended) {

    /// One listed segment.
    ///
    /// @param discontinuity whether EXT-X-DISCONTINUITY stands before it
    /// @param programDateTime EXT-X-PROGRAM-DATE-TIME, if it has one of its own
    /// @param initSegment address of the EXT-X-MAP that applies to it, if any
    /// @param parts its parts, if they are listed
    public record Segment(
            String uri,
            BigDecimal durationSeconds,
            boolean discontinuity,
            Optional<OffsetDateTime> programDateTime,
            Optional<String> initSegment,
            List<Part> parts) {

        Segment withoutParts() {
            return new Segment(uri, durationSeconds, discontinuity, programDateTime, initSegment, List.of());
        }
    }

    /// One listed part: EXT-X-PART.
    public record Part(String uri, BigDecimal durationSeconds, boolean independent) {}

    /// EXT-X-PART-INF and EXT-X-SERVER-CONTROL.
    public record LowLatency(
            BigDecimal partTarget,
            BigDecimal partHoldBack,
            Optional<BigDecimal> holdBack,
            Optional<BigDecimal> canSkipUntil,
            boolean canBlockReload) {}

    public MediaPlaylistText {
        segments = List.copyOf(segments);
        openParts = List.copyOf(openParts);
    }

    /// Reads a whole playlist.
    ///
    /// @throws IllegalArgumentException with the rule that is broken
    public static MediaPlaylistText parse(String text) {
        return new MediaPlaylistParser().parse(text);
    }

    /// The number after the last segment's: grows with every new segment.
    public long nextMediaSequence() {
        return mediaSequence + skippedSegments + segments.size();
    }

    public long discontinuities() {
        return segments.stream().filter(Segment::discontinuity).count();
    }

    /// The whole playlist that a delta update stands for.
    ///
    /// @param before the playlist that its reader had
    public MediaPlaylistText onto(MediaPlaylistText before) {
        List<Segment> whole = new ArrayList<>();
        for (int i = 0; i < skippedSegments; i++) {
            int index = (int) (mediaSequence - before.mediaSequence()) + i;
            if (index < 0 || index >= before.segments().size()) {
                throw new IllegalArgumentException("a segment is skipped that was not listed before (6.2.5.1)");
            }
            whole.add(before.segments().get(index).withoutParts());
        }
        whole.addAll(segments);
        return new MediaPlaylistText(
                version,
                targetDurationSeconds,
                mediaSequence,
                discontinuitySequence,
                /* skippedSegments= */ 0,
                lowLatency,
                whole,
                openParts,
                preloadHint,
                ended);
    }
}
