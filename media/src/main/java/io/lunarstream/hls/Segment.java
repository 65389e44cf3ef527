package io.lunarstream.hls;

import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;

/// One media segment, whole, in both forms with the same boundaries.
///
/// Whoever receives it owns its buffers and releases them.
///
/// @param tracks what is in it, with the codec configuration that decodes it
/// @param discontinuity whether the timeline or the codec configuration changed since the segment before
/// @param durationTicks in ticks of [io.lunarstream.media.Timescale#MPEG]
/// @param programDateTimeMs wall-clock time of its start, in milliseconds since 1970
/// @param pictures how many video samples are in it
/// @param targetDurationSeconds the bound that its generation's segments keep
/// @param fragmentedMp4 one fragment, without the init segment
/// @param transportStream the same samples as MPEG-TS; absent if this form cannot carry the codecs
public record Segment(
        List<Track> tracks,
        boolean discontinuity,
        long durationTicks,
        long programDateTimeMs,
        int pictures,
        int targetDurationSeconds,
        ByteBuf fragmentedMp4,
        Optional<ByteBuf> transportStream) {

    public Segment {
        tracks = List.copyOf(tracks);
    }
}
