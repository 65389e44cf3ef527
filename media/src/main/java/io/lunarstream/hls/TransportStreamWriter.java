package io.lunarstream.hls;

import io.lunarstream.media.Sample;
import io.lunarstream.media.Track;
import io.lunarstream.media.bytes.SizeForecast;
import io.lunarstream.mpegts.TsMuxer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the MPEG-TS form, of which there is one whatever the renditions are: what it has of each part, and the
/// segment made of that, which shares its bytes.
///
/// One writer serves all segments of an unchanged set of tracks, because continuity counters run on from segment to
/// segment.
final class TransportStreamWriter implements AutoCloseable {

    /// What the first buffers begin with: a third of a second of 1 Mbit/s.
    private static final int FIRST_PART_BYTES = 48 * 1_024;

    /// Buffers that a segment may be made of before they are merged, which would copy them. A part has one.
    private static final int MOST_COMPONENTS = 1_024;

    private final List<Track> tracks;
    private final TsMuxer muxer;
    private final ByteBufAllocator allocator;
    private ByteBuf part;
    private @Nullable CompositeByteBuf segment;
    private boolean begun;

    /// A segment's first part has the keyframe: it is larger than those that follow.
    private final SizeForecast firstParts = new SizeForecast(FIRST_PART_BYTES);

    private final SizeForecast laterParts = new SizeForecast(FIRST_PART_BYTES);

    /// The open part's.
    private SizeForecast forecast = firstParts;

    TransportStreamWriter(List<Track> tracks, ByteBufAllocator allocator) {
        this.tracks = List.copyOf(tracks);
        this.muxer = new TsMuxer(tracks);
        this.allocator = allocator;
        this.part = allocator.directBuffer(0);
    }

    /// Comes after another writer in the same broadcast, which is closed by now.
    void continueFrom(TransportStreamWriter before) {
        muxer.continueFrom(before.muxer);
    }

    /// Begins a segment.
    ///
    /// @param discontinuity whether it is behind a discontinuity
    void start(boolean discontinuity) {
        if (discontinuity && !begun) {
            muxer.markDiscontinuity();
        }
        begun = true;
        part.release();
        part = startPart(firstParts);
        segment = allocator.compositeDirectBuffer(MOST_COMPONENTS);
        muxer.startSegment(part);
    }

    /// Writes a sample, if it is of a track that is carried.
    void write(Track track, Sample sample) {
        if (tracks.contains(track)) {
            muxer.write(track, sample);
        }
    }

    /// Ends a part, in whole packets that the caller owns.
    ///
    /// @param last whether the segment ends with it
    ByteBuf cutPart(boolean last) {
        ByteBuf finished = part;
        forecast.learn(finished.readableBytes());
        if (last) {
            muxer.endSegment();
            part = allocator.directBuffer(0);
        } else {
            part = startPart(laterParts);
            muxer.continueIn(part);
        }
        open().addComponent(true, finished.retain());
        return finished;
    }

    /// The segment made of the parts since it began, which the caller owns.
    ByteBuf finishSegment() {
        ByteBuf finished = open();
        segment = null;
        return finished;
    }

    /// Gives the memory of a segment back that will never be finished.
    @Override
    public void close() {
        part.release();
        if (segment != null) {
            segment.release();
            segment = null;
        }
    }

    private CompositeByteBuf open() {
        if (segment == null) {
            throw new IllegalStateException("no segment has begun");
        }
        return segment;
    }

    /// Memory for a part, sized by the last one of its kind.
    private ByteBuf startPart(SizeForecast kind) {
        forecast = kind;
        return allocator.directBuffer(kind.bytes());
    }
}
