package io.lunarstream.hls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The parts of the segment that is being made, and the segment made of them, in both forms: it shares their bytes,
/// none is copied.
final class PartWriter implements AutoCloseable {

    /// Buffers that a segment may be made of before they are merged, which would copy them. A part has one for its
    /// boxes and one for each track.
    private static final int MOST_COMPONENTS = 1_024;

    private final ByteBufAllocator allocator;
    private final PartCutter cutter = new PartCutter();
    private @Nullable CompositeByteBuf segmentBytes;
    private @Nullable CompositeByteBuf transportStream;
    private boolean decided;
    private boolean independent;

    PartWriter(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /// No part of the segments that begin from now on is longer than this.
    void target(int ms) {
        cutter.target(ms);
    }

    /// A segment begins, and its first part.
    void startSegment(long ticks) {
        segmentBytes = allocator.compositeDirectBuffer(MOST_COMPONENTS);
        cutter.start(ticks);
        decided = false;
        independent = false;
    }

    /// Whether the open part ends before this sample of the track that decides about cuts.
    boolean cutsBefore(long ticks) {
        return cutter.cutsBefore(ticks);
    }

    /// Notes a sample of the track that decides about cuts: a part's first says whether a decoder can start there.
    void decidingSample(boolean sync) {
        independent |= !decided && sync;
        decided = true;
    }

    /// Ends the open part and begins the next.
    ///
    /// @param ticks where it ends, unless it would be too long then
    Part cut(SegmentStart segment, SegmentWriter writer, long ticks) {
        return cut(segment, writer, ticks, /* last= */ false);
    }

    /// Ends the segment's last part.
    Part cutLast(SegmentStart segment, SegmentWriter writer, long ticks) {
        return cut(segment, writer, ticks, /* last= */ true);
    }

    private Part cut(SegmentStart segment, SegmentWriter writer, long ticks, boolean last) {
        if (segmentBytes == null) {
            throw new IllegalStateException("a part outside of a segment");
        }
        ByteBuf bytes = writer.finishFragment();
        segmentBytes.addFlattenedComponents(true, bytes.retain());
        Optional<ByteBuf> tsBytes = writer.finishTransportStream(last);
        tsBytes.ifPresent(this::addTransportStream);
        Part part = new Part(segment, independent, cutter.cut(ticks), bytes, tsBytes);
        decided = false;
        independent = false;
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

    /// The same segment in the MPEG-TS form, which the caller owns, if there is one.
    Optional<ByteBuf> finishTransportStream() {
        Optional<ByteBuf> finished = Optional.ofNullable(transportStream);
        transportStream = null;
        return finished;
    }

    private void addTransportStream(ByteBuf bytes) {
        if (transportStream == null) {
            transportStream = allocator.compositeDirectBuffer(MOST_COMPONENTS);
        }
        transportStream.addComponent(true, bytes.retain());
    }

    /// Gives the memory of a segment back that will never be finished.
    @Override
    public void close() {
        if (segmentBytes != null) {
            segmentBytes.release();
            segmentBytes = null;
        }
        finishTransportStream().ifPresent(ByteBuf::release);
    }
}
