package io.lunarstream.server.live;

import io.lunarstream.hls.ListedPart;

/// A part of a segment that is not whole yet, as the journal keeps it.
///
/// @param rendition name of the rendition that it belongs to
/// @param segmentName name of the segment without an extension
/// @param initName name of its init segment
/// @param discontinuity `EXT-X-DISCONTINUITY` stands before the segment
/// @param programDateTimeMs of the segment's start, in milliseconds since 1970
/// @param listed as the playlist lists it
record UnfinishedPart(
        String rendition,
        String segmentName,
        String initName,
        boolean discontinuity,
        long programDateTimeMs,
        ListedPart listed) {}
