package io.lunarstream.fmp4;

import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// The boxes that describe the movie and its tracks.
///
/// ```
/// moov
///   mvhd
///   trak             for each track
///     tkhd
///     mdia
///       mdhd
///       hdlr
///       minf
///         vmhd | smhd
///         dinf
///           dref
///             url
///         stbl
///           stsd     see SampleEntryBoxes
///           stts     these four are empty: the samples are in fragments
///           stsc
///           stsz
///           stco
///   mvex
///     trex           for each track
/// ```
///
/// Source: ISO/IEC 14496-12, sections 8.2 to 8.8.
final class MovieBoxes {
    private static final int MOVIE_TIMESCALE = 1_000;
    private static final int TRACK_ENABLED_IN_MOVIE = 0b11;

    /// 1.0 as a number of 16 and 16 bits.
    private static final int ONE_16_16 = 0x0001_0000;

    /// 1.0 as a number of 8 and 8 bits.
    private static final int ONE_8_8 = 0x0100;

    /// The matrix that changes nothing, row by row. Source: section 6.2.2.
    private static final int[] UNITY_MATRIX = {ONE_16_16, 0, 0, 0, ONE_16_16, 0, 0, 0, 0x4000_0000};

    /// `und` as three letters of 5 bits.
    private static final int LANGUAGE_UNDETERMINED = 0x55C4;

    private static final int DATA_IN_SAME_FILE = 1;

    private MovieBoxes() {}

    static void moov(ByteBuf out, List<Track> tracks) {
        int box = Box.start(out, "moov");
        mvhd(out, tracks);
        for (Track track : tracks) {
            trak(out, track);
        }
        mvex(out, tracks);
        Box.end(out, box);
    }

    private static void mvhd(ByteBuf out, List<Track> tracks) {
        int box = Box.start(out, "mvhd", 0, 0);
        out.writeLong(/* creation_time, modification_time= */ 0);
        out.writeInt(MOVIE_TIMESCALE);
        out.writeInt(/* duration, of the samples in moov= */ 0);
        out.writeInt(/* rate= */ ONE_16_16);
        out.writeShort(/* volume= */ ONE_8_8);
        out.writeZero(2 + 8); // reserved
        matrix(out);
        out.writeZero(24); // pre_defined
        out.writeInt(1 + tracks.stream().mapToInt(Track::id).max().orElse(0)); // next_track_ID
        Box.end(out, box);
    }

    private static void trak(ByteBuf out, Track track) {
        int box = Box.start(out, "trak");
        tkhd(out, track);
        mdia(out, track);
        Box.end(out, box);
    }

    private static void tkhd(ByteBuf out, Track track) {
        int box = Box.start(out, "tkhd", 0, TRACK_ENABLED_IN_MOVIE);
        out.writeLong(/* creation_time, modification_time= */ 0);
        out.writeInt(track.id());
        out.writeInt(/* reserved= */ 0);
        out.writeInt(/* duration= */ 0);
        out.writeZero(8); // reserved
        out.writeShort(/* layer= */ 0);
        out.writeShort(/* alternate_group= */ 0);
        out.writeShort(track.kind() == MediaKind.AUDIO ? ONE_8_8 : 0); // volume
        out.writeZero(2); // reserved
        matrix(out);
        switch (track.codec()) {
            case Codec.Video video -> {
                out.writeInt(video.width() << 16);
                out.writeInt(video.height() << 16);
            }
            case Codec.Audio _ -> out.writeLong(0);
        }
        Box.end(out, box);
    }

    private static void mdia(ByteBuf out, Track track) {
        int box = Box.start(out, "mdia");
        mdhd(out, track);
        hdlr(out, track.kind());
        minf(out, track);
        Box.end(out, box);
    }

    private static void mdhd(ByteBuf out, Track track) {
        int box = Box.start(out, "mdhd", 0, 0);
        out.writeLong(/* creation_time, modification_time= */ 0);
        out.writeInt(track.timescale().ticksPerSecond());
        out.writeInt(/* duration= */ 0);
        out.writeShort(LANGUAGE_UNDETERMINED);
        out.writeShort(/* pre_defined= */ 0);
        Box.end(out, box);
    }

    private static void hdlr(ByteBuf out, MediaKind kind) {
        int box = Box.start(out, "hdlr", 0, 0);
        out.writeInt(/* pre_defined= */ 0);
        Box.fourCc(out, kind == MediaKind.VIDEO ? "vide" : "soun");
        out.writeZero(12); // reserved
        out.writeByte(/* name, an empty string= */ 0);
        Box.end(out, box);
    }

    private static void minf(ByteBuf out, Track track) {
        int box = Box.start(out, "minf");
        switch (track.kind()) {
            case VIDEO -> vmhd(out);
            case AUDIO -> smhd(out);
        }
        dinf(out);
        stbl(out, track);
        Box.end(out, box);
    }

    private static void vmhd(ByteBuf out) {
        int box = Box.start(out, "vmhd", 0, /* flags, always= */ 1);
        out.writeZero(8); // graphicsmode, opcolor
        Box.end(out, box);
    }

    private static void smhd(ByteBuf out) {
        int box = Box.start(out, "smhd", 0, 0);
        out.writeZero(4); // balance, reserved
        Box.end(out, box);
    }

    private static void dinf(ByteBuf out) {
        int dinf = Box.start(out, "dinf");
        int dref = Box.start(out, "dref", 0, 0);
        out.writeInt(/* entry_count= */ 1);
        Box.end(out, Box.start(out, "url ", 0, DATA_IN_SAME_FILE));
        Box.end(out, dref);
        Box.end(out, dinf);
    }

    private static void stbl(ByteBuf out, Track track) {
        int box = Box.start(out, "stbl");
        SampleEntryBoxes.stsd(out, track);
        emptyTable(out, "stts", 4); // entry_count
        emptyTable(out, "stsc", 4); // entry_count
        emptyTable(out, "stsz", 8); // sample_size, sample_count
        emptyTable(out, "stco", 4); // entry_count
        Box.end(out, box);
    }

    private static void emptyTable(ByteBuf out, String fourCc, int zeroBytes) {
        int box = Box.start(out, fourCc, 0, 0);
        out.writeZero(zeroBytes);
        Box.end(out, box);
    }

    private static void mvex(ByteBuf out, List<Track> tracks) {
        int box = Box.start(out, "mvex");
        for (Track track : tracks) {
            trex(out, track);
        }
        Box.end(out, box);
    }

    private static void trex(ByteBuf out, Track track) {
        int box = Box.start(out, "trex", 0, 0);
        out.writeInt(track.id());
        out.writeInt(/* default_sample_description_index= */ 1);
        out.writeInt(/* default_sample_duration= */ 0);
        out.writeInt(/* default_sample_size= */ 0);
        out.writeInt(SampleFlags.defaultOf(track.kind()));
        Box.end(out, box);
    }

    private static void matrix(ByteBuf out) {
        for (int value : UNITY_MATRIX) {
            out.writeInt(value);
        }
    }
}
