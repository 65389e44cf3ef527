package io.lunarstream.server.live;

import io.lunarstream.hls.Part;
import io.lunarstream.hls.SegmentForm;
import io.lunarstream.server.live.SegmentFiles.Piece;
import io.lunarstream.server.live.SegmentFiles.Series;
import java.util.ArrayList;
import java.util.List;

/// The parts of the segment that is being made, and where in its files they go.
final class OpenParts {
    private final List<StoredMedia> parts = new ArrayList<>();
    private int bytes;
    private int transportStreamBytes;

    /// Takes the next part.
    ///
    /// @param segment the segment's name without an extension
    /// @return what is to be written of it
    List<Piece> add(StoredMedia stored, String segment, Part part) {
        List<Piece> pieces = new ArrayList<>();
        String rendition = part.segment().rendition().name();
        pieces.add(new Piece(
                new Series(rendition, SegmentForm.FMP4),
                segment + SegmentForm.FMP4.extension(),
                bytes,
                part.bytes().retainedDuplicate()));
        parts.add(stored);
        bytes += stored.bytes();
        part.transportStream().ifPresent(stream -> {
            pieces.add(new Piece(
                    new Series(rendition, SegmentForm.MPEG_TS),
                    segment + SegmentForm.MPEG_TS.extension(),
                    transportStreamBytes,
                    stream));
            transportStreamBytes += stream.readableBytes();
        });
        return pieces;
    }

    /// The segment is whole: its parts are where it is.
    void moveInto(StoredMedia segment) {
        int offset = 0;
        for (StoredMedia part : parts) {
            part.movedInto(segment, offset);
            offset += part.bytes();
        }
        parts.clear();
        bytes = 0;
        transportStreamBytes = 0;
    }
}
