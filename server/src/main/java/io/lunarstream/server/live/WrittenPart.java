package io.lunarstream.server.live;

import io.lunarstream.hls.SegmentForm;
import io.lunarstream.server.live.GenerationRecord.Place;
import java.util.Map;

/// A part of a segment that is not whole yet, and where it lies: behind the part before, in the same files.
///
/// @param places in each form that there is; fMP4 always
record WrittenPart(UnfinishedPart part, Map<SegmentForm, Place> places) {
    WrittenPart {
        places = Map.copyOf(places);
    }
}
