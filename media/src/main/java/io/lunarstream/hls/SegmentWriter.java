package io.lunarstream.hls;

import io.lunarstream.media.Sample;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Writes each sample into the rendition of its track, and the default tracks into MPEG-TS too, if that can carry
/// their codecs.
///
/// One writer serves all segments of an unchanged set of tracks, because continuity counters and fragment numbers run
/// on from segment to segment.
final class SegmentWriter implements AutoCloseable {

    private final List<Track> tracks;
    private final List<TrackEnd> ends;
    private final List<RenditionWriter> renditions;
    private final Optional<TransportStreamWriter> transportStream;

    SegmentWriter(List<Track> tracks, ByteBufAllocator allocator) {
        this.tracks = List.copyOf(tracks);
        this.ends = tracks.stream().map(TrackEnd::new).toList();
        this.renditions = Rendition.of(tracks).stream()
                .map(rendition -> new RenditionWriter(rendition, allocator))
                .toList();
        List<Track> carried = renditions.getFirst().rendition().transportStreamTracks();
        this.transportStream =
                carried.isEmpty() ? Optional.empty() : Optional.of(new TransportStreamWriter(carried, allocator));
    }

    /// Comes after another writer in the same broadcast, which is closed by now.
    void continueFrom(SegmentWriter before) {
        if (transportStream.isPresent() && before.transportStream.isPresent()) {
            transportStream.get().continueFrom(before.transportStream.get());
        }
    }

    /// Where the media end so far, in ticks of [io.lunarstream.media.Timescale#MPEG].
    long endTicks() {
        return ends.stream().mapToLong(TrackEnd::mpegTicks).max().orElseThrow();
    }

    /// Whether there are samples of every track.
    boolean hasAllTracks() {
        return ends.stream().allMatch(TrackEnd::isWritten);
    }

    /// Begins a segment.
    ///
    /// @param discontinuity whether it is behind a discontinuity
    void start(boolean discontinuity, long programDateTimeMs) {
        renditions.forEach(rendition -> rendition.startSegment(discontinuity, programDateTimeMs));
        transportStream.ifPresent(stream -> stream.start(discontinuity));
    }

    void write(Track track, Sample sample) {
        int index = tracks.indexOf(track);
        renditions.get(renditions.size() == 1 ? 0 : index).write(track, sample);
        transportStream.ifPresent(stream -> stream.write(track, sample));
        ends.get(index).wrote(sample);
    }

    /// Says that a sample of the next segment or part begins here, and with it probably one of each track that ends
    /// as near as time stamps are exact.
    void nextBegins(Track track, long dts) {
        for (int i = 0; i < ends.size(); i++) {
            boolean alike = tracks.get(i).timescale().equals(track.timescale());
            if (tracks.get(i).equals(track)) {
                ends.get(i).nextBegins(dts);
            } else if (alike) {
                ends.get(i).nextBeginsAbout(dts);
            }
        }
    }

    /// Ends the open part of every rendition and begins the next.
    ///
    /// @param listener takes each part, and owns it
    void cutParts(long durationTicks, Consumer<Part> listener) {
        for (RenditionWriter rendition : renditions) {
            listener.accept(cutPart(rendition, durationTicks, /* last= */ false));
        }
    }

    /// Ends the open part and the segment of every rendition.
    ///
    /// @param length how long segment and last part are, and their bounds
    /// @param listener takes each segment, and owns it
    void cutSegments(SegmentLength length, Consumer<Segment> listener) {
        for (RenditionWriter rendition : renditions) {
            Part lastPart = cutPart(rendition, length.lastPartTicks(), /* last= */ true);
            listener.accept(new Segment(
                    rendition.segment(),
                    length.segmentTicks(),
                    rendition.pictures(),
                    length.targetDurationSeconds(),
                    length.partTargetMs(),
                    lastPart,
                    rendition.finishSegment(),
                    transportStreamOf(rendition).map(TransportStreamWriter::finishSegment)));
        }
    }

    @Override
    public void close() {
        transportStream.ifPresent(TransportStreamWriter::close);
        renditions.forEach(RenditionWriter::close);
    }

    private Part cutPart(RenditionWriter rendition, long durationTicks, boolean last) {
        return rendition.cutPart(
                durationTicks,
                track -> ends.get(tracks.indexOf(track)).dts(),
                () -> transportStreamOf(rendition).map(stream -> stream.cutPart(last)));
    }

    /// The MPEG-TS form goes with the first rendition.
    private Optional<TransportStreamWriter> transportStreamOf(RenditionWriter rendition) {
        return rendition.equals(renditions.getFirst()) ? transportStream : Optional.empty();
    }
}
