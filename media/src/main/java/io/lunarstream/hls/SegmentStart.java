package io.lunarstream.hls;

import io.lunarstream.media.Track;
import java.util.List;

/// What is known of a segment when it begins, and so of its parts.
///
/// @param rendition whose segment it is: what is in it, with the codec configuration that decodes it
/// @param discontinuity whether the timeline or the codec configuration changed since the segment before
/// @param programDateTimeMs wall-clock time of its start, in milliseconds since 1970
public record SegmentStart(Rendition rendition, boolean discontinuity, long programDateTimeMs) {

    /// What is in it.
    public List<Track> tracks() {
        return rendition.tracks();
    }
}
