package io.lunarstream.hls;

import io.lunarstream.media.Timescale;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Everything that a later run of the server must know of a generation to go on with it.
///
/// @param id its name in addresses
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
        bandwidths = Map.copyOf(bandwidths);
        segments = List.copyOf(segments);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("a generation without segments has no state to keep");
        }
    }

    /// What a packager needs to go on.
    public Resumption resumption() {
        ListedSegment last = segments.getLast();
        long durationMs = Timescale.MPEG.convert(last.durationTicks(), Timescale.MILLISECONDS);
        return new Resumption(
                announcement.codecWords(), targetDurationSeconds, partTargetMs, last.programDateTimeMs() + durationMs);
    }
}
