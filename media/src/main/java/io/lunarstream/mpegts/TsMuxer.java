package io.lunarstream.mpegts;

import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Sample;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/// Writes the samples of some tracks as MPEG-TS segments.
///
/// ```
/// segment: PAT | PMT | PES packets, each cut into transport packets
/// ```
///
/// Each segment begins with its tables and a PCR, and holds whole PES packets; continuity counters run on from one to
/// the next. Call `startSegment`, `write` in decoding order, `endSegment`, and again. Source: ISO/IEC 13818-1.
public final class TsMuxer {
    private final List<Track> tracks;
    private final List<ElementaryStream> streams = new ArrayList<>();
    private final List<TsPacketWriter> packetWriters = new ArrayList<>();
    private final ProgramTables tables;
    private final PcrClock pcrClock;

    private ByteBuf out = Unpooled.EMPTY_BUFFER;
    private boolean segmentOpen;

    /// Whether all of these tracks can be carried: H.264 and AAC alone.
    public static boolean carries(List<Track> tracks) {
        return tracks.stream().allMatch(track -> StreamType.of(track.codec()).isPresent());
    }

    /// A muxer for a set of tracks that can be carried; a change of one of them asks for another muxer, behind a
    /// discontinuity.
    public TsMuxer(List<Track> tracks) {
        if (tracks.isEmpty() || tracks.size() > ProgramTables.MAX_STREAMS) {
            throw new IllegalArgumentException("1 to " + ProgramTables.MAX_STREAMS + " tracks: " + tracks.size());
        }
        this.tracks = List.copyOf(tracks);
        int pcrIndex = pcrTrackIndex(tracks);
        for (int i = 0; i < tracks.size(); i++) {
            TsPacketWriter packets = new TsPacketWriter(ProgramTables.streamPid(i));
            packetWriters.add(packets);
            streams.add(stream(tracks.get(i), packets, i == pcrIndex));
        }
        this.tables = new ProgramTables(tracks, ProgramTables.streamPid(pcrIndex));
        this.pcrClock = new PcrClock(packetWriters.get(pcrIndex));
    }

    /// The first video track, or the first track if there is none.
    private static int pcrTrackIndex(List<Track> tracks) {
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).kind() == MediaKind.VIDEO) {
                return i;
            }
        }
        return 0;
    }

    private static ElementaryStream stream(Track track, TsPacketWriter packets, boolean carriesPcr) {
        return switch (track.codec()) {
            case Codec.H264(var configuration) -> new AvcStream(configuration, track.timescale(), packets);
            case Codec.Aac(var config) -> new AacStream(config, track.timescale(), packets, carriesPcr);
            case Codec.Hevc _, Codec.Av1 _, Codec.Vp9 _, Codec.Opus _, Codec.Flac _, Codec.Ac3 _ ->
                throw new IllegalArgumentException(track.codec().word() + " is not carried");
        };
    }

    /// Goes on with the continuity counters of the muxer before: demuxers that take no notice of the discontinuity
    /// would miss packets otherwise.
    public void continueFrom(TsMuxer before) {
        tables.continueFrom(before.tables);
        for (int i = 0; i < Math.min(packetWriters.size(), before.packetWriters.size()); i++) {
            packetWriters.get(i).continueFrom(before.packetWriters.get(i));
        }
    }

    /// Begins a segment, whose bytes are appended to a buffer of the caller's until [#endSegment].
    public void startSegment(ByteBuf segment) {
        if (segmentOpen) {
            throw new IllegalStateException("a segment is open");
        }
        segmentOpen = true;
        out = segment;
        pcrClock.restart();
        tables.write(out);
    }

    /// Writes a sample; its data are copied and its indexes stay as they are.
    ///
    /// @param track one of those that the muxer was made for
    public void write(Track track, Sample sample) {
        requireOpenSegment();
        streams.get(indexOf(track)).write(sample, out, pcrClock);
    }

    /// Completes the segment; the buffer is not touched any more.
    public void endSegment() {
        requireOpenSegment();
        for (ElementaryStream stream : streams) {
            stream.flush(out, pcrClock);
        }
        out = Unpooled.EMPTY_BUFFER;
        segmentOpen = false;
    }

    private void requireOpenSegment() {
        if (!segmentOpen) {
            throw new IllegalStateException("no segment is open");
        }
    }

    private int indexOf(Track track) {
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).id() == track.id()) {
                return i;
            }
        }
        throw new IllegalArgumentException("no such track: " + track.id());
    }
}
