package io.lunarstream.server.live;

import io.lunarstream.hls.OpenSegment;
import io.lunarstream.hls.SegmentForm;
import io.lunarstream.server.live.GenerationRecord.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A segment that an earlier run has not finished, made of the parts that are on disk.
///
/// @param parts at least one, oldest first
record RecoveredSegment(List<WrittenPart> parts) {

    RecoveredSegment {
        parts = List.copyOf(parts);
    }

    /// Name of the rendition that it belongs to.
    String rendition() {
        return first().rendition();
    }

    /// Without an extension.
    String name() {
        return first().segmentName();
    }

    OpenSegment listed() {
        return new OpenSegment(
                first().initName(),
                first().discontinuity(),
                first().programDateTimeMs(),
                parts.stream().map(written -> written.part().listed()).toList());
    }

    /// How many bytes it has in each form that there is.
    Map<SegmentForm, Long> bytes() {
        Map<SegmentForm, Long> bytes = new EnumMap<>(SegmentForm.class);
        for (WrittenPart part : parts) {
            part.places().forEach((form, place) -> bytes.merge(form, (long) place.bytes(), Long::sum));
        }
        return bytes;
    }

    /// Where the segment lies in each form, and where its parts do.
    List<Place> places() {
        List<Place> places = new ArrayList<>();
        bytes().forEach((form, bytes) -> {
            Place begin = place(parts.getFirst(), form);
            String name = name() + form.extension();
            places.add(new Place(name, Math.toIntExact(bytes), begin.file(), begin.offset()));
        });
        parts.forEach(part -> places.add(place(part, SegmentForm.FMP4)));
        return places;
    }

    private UnfinishedPart first() {
        return parts.getFirst().part();
    }

    private static Place place(WrittenPart part, SegmentForm form) {
        return Objects.requireNonNull(part.places().get(form));
    }
}
