package io.lunarstream.hls;

import io.lunarstream.fmp4.FragmentWriter;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Sample;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Writes one rendition in the fMP4 form: the parts of the segment that is being made, and the segment made of them,
/// which shares their bytes.
///
/// One writer serves all segments of an unchanged set of tracks, because fragment numbers run on from segment to
/// segment.
final class RenditionWriter implements AutoCloseable {

    /// Buffers that a segment may be made of before they are merged, which would copy them. A part has one for its
    /// boxes and one for each track.
    private static final int MOST_COMPONENTS = 1_024;

    private final Rendition rendition;
    private final ByteBufAllocator allocator;
    private final FragmentWriter fragmentWriter;
    private @Nullable SegmentStart segment;
    private @Nullable CompositeByteBuf segmentBytes;
    private boolean partBegun;
    private boolean independent;
    private int pictures;

    RenditionWriter(Rendition rendition, ByteBufAllocator allocator) {
        this.rendition = rendition;
        this.allocator = allocator;
        this.fragmentWriter = new FragmentWriter(rendition.tracks(), allocator);
    }

    Rendition rendition() {
        return rendition;
    }

    /// A segment begins, and its first part.
    void startSegment(boolean discontinuity, long programDateTimeMs) {
        segment = new SegmentStart(rendition, discontinuity, programDateTimeMs);
        segmentBytes = allocator.compositeDirectBuffer(MOST_COMPONENTS);
        pictures = 0;
        startPart();
    }

    /// What is known of the open segment.
    SegmentStart segment() {
        if (segment == null) {
            throw new IllegalStateException("no segment has begun");
        }
        return segment;
    }

    /// How many pictures the open segment has.
    int pictures() {
        return pictures;
    }

    void write(Track track, Sample sample) {
        fragmentWriter.write(track, sample);
        pictures += track.kind() == MediaKind.VIDEO ? 1 : 0;
        if (track.equals(rendition.tracks().getFirst())) {
            independent |= !partBegun && sample.sync();
            partBegun = true;
        }
    }

    /// Ends the open part, whose bytes the caller owns, and begins the next.
    ///
    /// @param endDts for a track where its last sample ends, in its ticks
    /// @param transportStream what the MPEG-TS form has of the same samples; asked last
    Part cutPart(long durationTicks, ToLongFunction<Track> endDts, Supplier<Optional<ByteBuf>> transportStream) {
        if (segmentBytes == null) {
            throw new IllegalStateException("a part outside of a segment");
        }
        ByteBuf bytes = fragmentWriter.finish(endDts);
        segmentBytes.addFlattenedComponents(true, bytes.retain());
        Part part = new Part(segment(), independent, durationTicks, bytes, transportStream.get());
        startPart();
        return part;
    }

    /// The segment made of the parts since it began, which the caller owns.
    ByteBuf finishSegment() {
        if (segmentBytes == null) {
            throw new IllegalStateException("no segment has begun");
        }
        ByteBuf finished = segmentBytes;
        segmentBytes = null;
        return finished;
    }

    /// Gives the memory of a segment back that will never be finished.
    @Override
    public void close() {
        if (segmentBytes != null) {
            segmentBytes.release();
            segmentBytes = null;
        }
        fragmentWriter.close();
    }

    private void startPart() {
        partBegun = false;
        independent = false;
    }
}
