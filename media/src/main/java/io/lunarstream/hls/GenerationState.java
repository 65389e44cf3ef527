package io.lunarstream.hls;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Everything that a later run of the server must know of a generation to go on with it.
///
/// @param id its name in addresses
/// @param rendition the name of the rendition that is listed
/// @param others addresses of the playlists of its other renditions
/// @param announcement what is said of its tracks
/// @param frameRate `FRAME-RATE`
/// @param bandwidths what has been measured in each form
/// @param targetDurationSeconds `EXT-X-TARGETDURATION`
/// @param partTargetMs `PART-TARGET` in milliseconds
/// @param discontinuitySequence `EXT-X-DISCONTINUITY-SEQUENCE`
/// @param nextMediaSequence the number that the next segment gets
/// @param segments those that are listed, oldest first, at least one
/// @param ended whether nothing will be added
public record GenerationState(
        String id,
        String rendition,
        List<String> others,
        Announcement announcement,
        OptionalDouble frameRate,
        Map<SegmentForm, Bandwidth> bandwidths,
        int targetDurationSeconds,
        int partTargetMs,
        long discontinuitySequence,
        long nextMediaSequence,
        List<ListedSegment> segments,
        boolean ended) {

    public GenerationState {
        others = List.copyOf(others);
        bandwidths = Map.copyOf(bandwidths);
        segments = List.copyOf(segments);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("a generation without segments has no state to keep");
        }
    }
}
