package io.lunarstream.hls;

import java.util.List;

/// A segment as a media playlist lists it: `EXTINF` and the tags before it.
///
/// @param mediaSequence its media sequence number
/// @param name its name without an extension; no address of a generation ever has two contents
/// @param initName name of the init segment that its fMP4 form needs: `EXT-X-MAP`
/// @param discontinuity `EXT-X-DISCONTINUITY` stands before it
/// @param durationTicks in ticks of [io.lunarstream.media.Timescale#MPEG]: `EXTINF`
/// @param programDateTimeMs in milliseconds since 1970: `EXT-X-PROGRAM-DATE-TIME`
/// @param parts those that are listed, all or none of them
public record ListedSegment(
        long mediaSequence,
        String name,
        String initName,
        boolean discontinuity,
        long durationTicks,
        long programDateTimeMs,
        List<ListedPart> parts) {

    public ListedSegment {
        parts = List.copyOf(parts);
    }

    ListedSegment withoutParts() {
        return new ListedSegment(
                mediaSequence, name, initName, discontinuity, durationTicks, programDateTimeMs, List.of());
    }
}
