package io.lunarstream.fmp4;

import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.ToLongFunction;

/// The boxes that list a fragment's samples.
///
/// ```
/// moof
///   mfhd
///   traf      for each track that has samples
///     tfhd
///     tfdt
///     trun
/// ```
///
/// All of a track's samples are one run, and its bytes lie together in `mdat`, in the order of the tracks.
/// Source: ISO/IEC 14496-12, sections 8.8.4 to 8.8.12.
final class MovieFragmentBoxes {
    private static final int DEFAULT_BASE_IS_MOOF = 0x02_0000;
    private static final int DATA_OFFSET = 0x000001;
    private static final int SAMPLE_DURATION = 0x000100;
    private static final int SAMPLE_SIZE = 0x000200;
    private static final int SAMPLE_FLAGS = 0x000400;
    private static final int SAMPLE_COMPOSITION_OFFSET = 0x000800;

    private static final int AUDIO_RUN = DATA_OFFSET | SAMPLE_DURATION | SAMPLE_SIZE;
    private static final int VIDEO_RUN = AUDIO_RUN | SAMPLE_FLAGS | SAMPLE_COMPOSITION_OFFSET;

    /// `moof` with `mfhd`, and the header of `mdat`.
    private static final int FIXED_BYTES = 8 + 16 + 8;

    /// `traf` with `tfhd`, `tfdt` and `trun` without samples.
    private static final int TRACK_BYTES = 8 + 16 + 20 + 20;

    private static final int VIDEO_SAMPLE_BYTES = 16;
    private static final int AUDIO_SAMPLE_BYTES = 8;

    private MovieFragmentBoxes() {}

    /// The size of `moof` and of `mdat`'s header, to the byte.
    static int bytes(List<TrackFragment> tracks) {
        int bytes = FIXED_BYTES;
        for (TrackFragment track : tracks) {
            int sampleBytes = track.isVideo() ? VIDEO_SAMPLE_BYTES : AUDIO_SAMPLE_BYTES;
            bytes += track.count() == 0 ? 0 : TRACK_BYTES + track.count() * sampleBytes;
        }
        return bytes;
    }

    /// @param dataOffset of the first payload byte, from the first byte of `moof`
    static void moof(
            ByteBuf out,
            long sequenceNumber,
            List<TrackFragment> tracks,
            ToLongFunction<Track> endDts,
            int dataOffset) {
        int box = Box.start(out, "moof");
        mfhd(out, sequenceNumber);
        int trackOffset = dataOffset;
        for (TrackFragment track : tracks) {
            if (track.count() > 0) {
                traf(out, track, endDts.applyAsLong(track.track()), trackOffset);
                trackOffset += track.payloadBytes();
            }
        }
        Box.end(out, box);
    }

    private static void mfhd(ByteBuf out, long sequenceNumber) {
        int box = Box.start(out, "mfhd", 0, 0);
        out.writeInt((int) sequenceNumber);
        Box.end(out, box);
    }

    private static void traf(ByteBuf out, TrackFragment track, long endDts, int dataOffset) {
        int box = Box.start(out, "traf");
        tfhd(out, track);
        tfdt(out, track);
        trun(out, track, endDts, dataOffset);
        Box.end(out, box);
    }

    private static void tfhd(ByteBuf out, TrackFragment track) {
        int box = Box.start(out, "tfhd", 0, DEFAULT_BASE_IS_MOOF);
        out.writeInt(track.track().id());
        Box.end(out, box);
    }

    private static void tfdt(ByteBuf out, TrackFragment track) {
        int box = Box.start(out, "tfdt", /* version, of 64 bits= */ 1, 0);
        out.writeLong(track.firstDts());
        Box.end(out, box);
    }

    private static void trun(ByteBuf out, TrackFragment track, long endDts, int dataOffset) {
        boolean video = track.isVideo();
        int box = Box.start(out, "trun", /* version, with signed offsets= */ 1, video ? VIDEO_RUN : AUDIO_RUN);
        out.writeInt(track.count());
        out.writeInt(dataOffset);
        for (int i = 0; i < track.count(); i++) {
            out.writeInt(track.duration(i, endDts));
            out.writeInt(track.size(i));
            if (video) {
                out.writeInt(track.flags(i));
                out.writeInt(track.compositionOffset(i));
            }
        }
        Box.end(out, box);
    }
}
