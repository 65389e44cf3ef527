package io.lunarstream.hls;

import io.lunarstream.fmp4.FragmentWriter;
import io.lunarstream.media.Sample;
import io.lunarstream.media.Track;
import io.lunarstream.mpegts.TsMuxer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.Optional;

/// Writes each sample of a segment into both forms, or into one if MPEG-TS cannot carry the codecs.
///
/// One writer serves all segments of an unchanged set of tracks, because continuity counters and fragment numbers run
/// on from segment to segment.
final class SegmentWriter implements AutoCloseable {

    /// What the first segment's buffer begins with: about 2 s of 1 Mbit/s.
    private static final int FIRST_SEGMENT_BYTES = 256 * 1_024;

    private final List<Track> tracks;
    private final List<TrackEnd> ends;
    private final ByteBufAllocator allocator;
    private final FragmentWriter fragmentWriter;
    private final Optional<TsMuxer> tsMuxer;
    private ByteBuf transportStream;
    private int lastSegmentBytes = FIRST_SEGMENT_BYTES;

    SegmentWriter(List<Track> tracks, ByteBufAllocator allocator) {
        this.tracks = List.copyOf(tracks);
        this.ends = tracks.stream().map(TrackEnd::new).toList();
        this.allocator = allocator;
        this.fragmentWriter = new FragmentWriter(tracks, allocator);
        this.tsMuxer = TsMuxer.carries(tracks) ? Optional.of(new TsMuxer(tracks)) : Optional.empty();
        this.transportStream = allocator.directBuffer(0);
    }

    /// Comes after another writer in the same broadcast, which is closed by now.
    void continueFrom(SegmentWriter before) {
        if (tsMuxer.isPresent() && before.tsMuxer.isPresent()) {
            tsMuxer.get().continueFrom(before.tsMuxer.get());
        }
    }

    List<Track> tracks() {
        return tracks;
    }

    /// Where the media end so far, in ticks of [io.lunarstream.media.Timescale#MPEG].
    long endTicks() {
        return ends.stream().mapToLong(TrackEnd::mpegTicks).max().orElseThrow();
    }

    /// Begins a segment, its memory sized by the one before.
    void start() {
        if (tsMuxer.isPresent()) {
            transportStream.release();
            transportStream = allocator.directBuffer(lastSegmentBytes + lastSegmentBytes / 4);
            tsMuxer.get().startSegment(transportStream);
        }
    }

    void write(Track track, Sample sample) {
        fragmentWriter.write(track, sample);
        if (tsMuxer.isPresent()) {
            tsMuxer.get().write(track, sample);
        }
        end(track).wrote(sample);
    }

    /// Says that a sample of the next segment begins here.
    void nextBegins(Track track, long dts) {
        end(track).nextBegins(dts);
    }

    /// Ends the segment and gives its fMP4 form, which the caller owns.
    ByteBuf finishFragment() {
        return fragmentWriter.finish(track -> end(track).dts());
    }

    /// Ends the segment and gives its MPEG-TS form, which the caller owns, if there is one.
    Optional<ByteBuf> finishTransportStream() {
        if (tsMuxer.isEmpty()) {
            return Optional.empty();
        }
        tsMuxer.get().endSegment();
        ByteBuf finished = transportStream;
        lastSegmentBytes = finished.readableBytes();
        transportStream = allocator.directBuffer(0);
        return Optional.of(finished);
    }

    @Override
    public void close() {
        transportStream.release();
        fragmentWriter.close();
    }

    private TrackEnd end(Track track) {
        return ends.get(tracks.indexOf(track));
    }
}
