package io.lunarstream.hls;

import java.util.List;

/// The segment that is being made, as a media playlist lists it: by its parts alone.
///
/// @param initName name of the init segment that its parts need: `EXT-X-MAP`
/// @param discontinuity `EXT-X-DISCONTINUITY` stands before it
/// @param programDateTimeMs in milliseconds since 1970: `EXT-X-PROGRAM-DATE-TIME`
/// @param parts those that are whole, at least one
public record OpenSegment(String initName, boolean discontinuity, long programDateTimeMs, List<ListedPart> parts) {

    public OpenSegment {
        parts = List.copyOf(parts);
    }
}
