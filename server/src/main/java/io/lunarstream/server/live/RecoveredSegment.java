package io.lunarstream.server.live;

import io.lunarstream.hls.OpenSegment;
import io.lunarstream.hls.SegmentForm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A segment that an earlier run has not finished, made of the parts that are on disk.
///
/// @param parts at least one, oldest first
record RecoveredSegment(List<UnfinishedPart> parts) {

    RecoveredSegment {
        parts = List.copyOf(parts);
    }

    /// Name of the rendition that it belongs to.
    String rendition() {
        return parts.getFirst().rendition();
    }

    /// Without an extension.
    String name() {
        return parts.getFirst().segmentName();
    }

    OpenSegment listed() {
        UnfinishedPart first = parts.getFirst();
        return new OpenSegment(
                first.initName(),
                first.discontinuity(),
                first.programDateTimeMs(),
                parts.stream().map(UnfinishedPart::listed).toList());
    }

    /// How many bytes it has in each form that there is.
    Map<SegmentForm, Long> bytes() {
        Map<SegmentForm, Long> bytes = new EnumMap<>(SegmentForm.class);
        bytes.put(
                SegmentForm.FMP4,
                parts.stream().mapToLong(UnfinishedPart::bytes).sum());
        long transportStream =
                parts.stream().mapToLong(UnfinishedPart::transportStreamBytes).sum();
        if (transportStream > 0) {
            bytes.put(SegmentForm.MPEG_TS, transportStream);
        }
        return bytes;
    }

    /// The segment in each form, its parts, and its init segment.
    List<StoredMedia> media(GenerationFolder folder) {
        List<StoredMedia> media = new ArrayList<>();
        bytes().forEach((form, count) -> {
            String file = name() + form.extension();
            media.add(onDisk(folder, file, Math.toIntExact(count), file, /* offset= */ 0));
        });
        long offset = 0;
        for (UnfinishedPart part : parts) {
            String file = name() + SegmentForm.FMP4.extension();
            media.add(onDisk(folder, part.listed().name(), part.bytes(), file, offset));
            offset += part.bytes();
        }
        return media;
    }

    private static StoredMedia onDisk(GenerationFolder folder, String name, int bytes, String file, long offset) {
        return StoredMedia.onDisk(name, bytes, new StoredMedia.FileRegion(folder.file(file), offset));
    }
}
