package io.lunarstream.fmp4;

import io.lunarstream.media.Codec;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;

/// The boxes that tell how a track's samples are coded.
///
/// ```
/// stsd
///   avc1 | hvc1 | av01 | vp09     the picture's size
///     avcC | hvcC | av1C | vpcC
/// stsd
///   mp4a | Opus | fLaC | ac-3     channels, sampling rate
///     esds | dOps | dfLa | dac3
/// ```
///
/// Opus has no edit list that would take its pre-skip off the time: the encoder's time stamps have done so already.
///
/// Source: ISO/IEC 14496-12, sections 8.5.2 and 12; 14496-14, section 5.6; 14496-15, sections 5.4.2 and 8.4.1; the
/// bindings of AV1 (section 2.2), VP9 (section 2.1), Opus (section 4.3), FLAC (section 3.3); ETSI TS 102 366, annex
/// F.
final class SampleEntryBoxes {
    private static final int DPI_72 = 72 << 16;
    private static final int COMPRESSOR_NAME_BYTES = 32;
    private static final int DEPTH_COLOUR = 24;
    private static final int SAMPLE_BITS = 16;
    private static final int MAX_RATE_OF_16_BITS = 65_535;

    private SampleEntryBoxes() {}

    static void stsd(ByteBuf out, Track track) {
        int box = Box.start(out, "stsd", 0, 0);
        out.writeInt(/* entry_count= */ 1);
        switch (track.codec()) {
            case Codec.Video video -> videoEntry(out, video);
            case Codec.Audio audio -> audioEntry(out, audio);
        }
        Box.end(out, box);
    }

    private static void videoEntry(ByteBuf out, Codec.Video codec) {
        int entry = Box.start(out, fourCc(codec));
        sampleEntry(out);
        out.writeZero(16); // pre_defined, reserved
        out.writeShort(codec.width());
        out.writeShort(codec.height());
        out.writeInt(/* horizresolution= */ DPI_72);
        out.writeInt(/* vertresolution= */ DPI_72);
        out.writeInt(/* reserved= */ 0);
        out.writeShort(/* frame_count= */ 1);
        out.writeZero(COMPRESSOR_NAME_BYTES);
        out.writeShort(DEPTH_COLOUR);
        out.writeShort(/* pre_defined= */ -1);
        switch (codec) {
            case Codec.H264(var configuration) -> {
                int box = Box.start(out, "avcC");
                configuration.write(out);
                Box.end(out, box);
            }
            case Codec.Hevc(var configuration) -> {
                int box = Box.start(out, "hvcC");
                configuration.write(out);
                Box.end(out, box);
            }
            case Codec.Av1(var configuration) -> {
                int box = Box.start(out, "av1C");
                configuration.write(out);
                Box.end(out, box);
            }
            case Codec.Vp9(var configuration, int _, int _) -> {
                int box = Box.start(out, "vpcC", 1, 0);
                configuration.write(out);
                Box.end(out, box);
            }
        }
        Box.end(out, entry);
    }

    private static void audioEntry(ByteBuf out, Codec.Audio codec) {
        int entry = Box.start(out, fourCc(codec));
        sampleEntry(out);
        out.writeZero(8); // reserved
        out.writeShort(codec.channels());
        out.writeShort(codec instanceof Codec.Flac(var streamInfo) ? streamInfo.bitsPerSample() : SAMPLE_BITS);
        out.writeInt(/* pre_defined, reserved= */ 0);
        int rate = codec.samplingFrequency();
        out.writeShort(rate > MAX_RATE_OF_16_BITS ? 0 : rate); // 0: see the configuration
        out.writeShort(/* fraction of samplerate= */ 0);
        switch (codec) {
            case Codec.Aac(var config) -> EsdsBox.esds(out, config.bytes());
            case Codec.Opus(var configuration) -> {
                int box = Box.start(out, "dOps");
                configuration.write(out);
                Box.end(out, box);
            }
            case Codec.Flac(var streamInfo) -> {
                int box = Box.start(out, "dfLa", 0, 0);
                streamInfo.write(out);
                Box.end(out, box);
            }
            case Codec.Ac3(var configuration) -> {
                int box = Box.start(out, "dac3");
                configuration.write(out);
                Box.end(out, box);
            }
        }
        Box.end(out, entry);
    }

    private static String fourCc(Codec codec) {
        return switch (codec) {
            case Codec.H264 _ -> "avc1";
            case Codec.Hevc _ -> "hvc1";
            case Codec.Av1 _ -> "av01";
            case Codec.Vp9 _ -> "vp09";
            case Codec.Aac _ -> "mp4a";
            case Codec.Opus _ -> "Opus";
            case Codec.Flac _ -> "fLaC";
            case Codec.Ac3 _ -> "ac-3";
        };
    }

    private static void sampleEntry(ByteBuf out) {
        out.writeZero(6); // reserved
        out.writeShort(/* data_reference_index= */ 1);
    }
}
