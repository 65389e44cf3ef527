package io.lunarstream.fmp4;

import io.lunarstream.media.Sample;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.List;
import java.util.function.ToLongFunction;

/// Writes the samples of some tracks as fragments. A part is one of them, a segment one or several.
///
/// ```
/// moof   see MovieFragmentBoxes
/// mdat   all samples of the first track, then all of the second, …
/// ```
///
/// A sample's bytes are copied once, into a buffer of its track; the fragment is composed of these buffers. Call
/// `write`
/// for each sample in decoding order, then `finish`, and again. Source: ISO/IEC 14496-12, section 8.8.
public final class FragmentWriter implements AutoCloseable {
    private final ByteBufAllocator allocator;
    private final List<TrackFragment> tracks;
    private long sequenceNumber = 1;

    /// A writer for a set of tracks; a change of one of them asks for another writer and another init segment.
    ///
    /// @param allocator gives the buffers that the fragments are made of
    public FragmentWriter(List<Track> tracks, ByteBufAllocator allocator) {
        if (tracks.isEmpty()) {
            throw new IllegalArgumentException("no tracks");
        }
        this.allocator = allocator;
        this.tracks = tracks.stream()
                .map(track -> new TrackFragment(track, allocator))
                .toList();
    }

    /// Whether nothing has been written since the last fragment.
    public boolean isEmpty() {
        for (TrackFragment track : tracks) {
            if (track.count() > 0) {
                return false;
            }
        }
        return true;
    }

    /// How many bytes the samples have that have been written since the last fragment.
    public int payloadBytes() {
        int bytes = 0;
        for (TrackFragment track : tracks) {
            bytes = Math.addExact(bytes, track.payloadBytes());
        }
        return bytes;
    }

    /// Adds a sample; its data are copied and its indexes stay as they are.
    ///
    /// @param track one of those that the writer was made for
    public void write(Track track, Sample sample) {
        trackFragment(track).add(sample);
    }

    /// Ends the fragment and returns it as one buffer, which the caller releases. One without samples is an empty
    /// `mdat` behind a `moof` that names no track.
    ///
    /// @param endDts for a track where its last sample ends, in its ticks: the next sample's DTS, if there is one
    public ByteBuf finish(ToLongFunction<Track> endDts) {
        int payloadBytes = payloadBytes();
        int headerBytes = MovieFragmentBoxes.bytes(tracks);
        ByteBuf header = allocator.buffer(headerBytes, headerBytes);
        try {
            MovieFragmentBoxes.moof(header, sequenceNumber, tracks, endDts, headerBytes);
        } catch (IllegalArgumentException e) {
            header.release();
            throw e;
        }
        header.writeInt(Math.addExact(Box.HEADER_BYTES, payloadBytes));
        Box.fourCc(header, "mdat");
        sequenceNumber++;
        return compose(header);
    }

    private ByteBuf compose(ByteBuf header) {
        CompositeByteBuf fragment = allocator.compositeBuffer(1 + tracks.size());
        fragment.addComponent(true, header);
        for (TrackFragment track : tracks) {
            if (track.count() > 0) {
                fragment.addComponent(true, track.takePayload());
            }
        }
        return fragment;
    }

    /// Drops what has been written since the last fragment.
    @Override
    public void close() {
        for (TrackFragment track : tracks) {
            track.takePayload().release();
        }
    }

    private TrackFragment trackFragment(Track track) {
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).track().id() == track.id()) {
                return tracks.get(i);
            }
        }
        throw new IllegalArgumentException("no such track: " + track.id());
    }
}
