package io.lunarstream.fmp4;

import io.lunarstream.media.Codec;
import io.lunarstream.media.Track;
import io.lunarstream.media.aac.AudioSpecificConfig;
import io.lunarstream.media.avc.AvcDecoderConfiguration;
import io.netty.buffer.ByteBuf;

/// The boxes that tell how a track's samples are coded.
///
/// ```
/// stsd
///   avc1
///     avcC
/// stsd
///   mp4a
///     esds
/// ```
///
/// Source: ISO/IEC 14496-12, sections 8.5.2 and 12; 14496-15, section 5.4.2; 14496-14, section 5.6.
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
            case Codec.H264(var configuration) -> avc1(out, configuration);
            case Codec.Aac(var config) -> mp4a(out, config);
        }
        Box.end(out, box);
    }

    private static void avc1(ByteBuf out, AvcDecoderConfiguration configuration) {
        int box = Box.start(out, "avc1");
        sampleEntry(out);
        out.writeZero(16); // pre_defined, reserved
        out.writeShort(configuration.sps().width());
        out.writeShort(configuration.sps().height());
        out.writeInt(/* horizresolution= */ DPI_72);
        out.writeInt(/* vertresolution= */ DPI_72);
        out.writeInt(/* reserved= */ 0);
        out.writeShort(/* frame_count= */ 1);
        out.writeZero(COMPRESSOR_NAME_BYTES);
        out.writeShort(DEPTH_COLOUR);
        out.writeShort(/* pre_defined= */ -1);
        avcC(out, configuration);
        Box.end(out, box);
    }

    private static void avcC(ByteBuf out, AvcDecoderConfiguration configuration) {
        int box = Box.start(out, "avcC");
        configuration.write(out);
        Box.end(out, box);
    }

    private static void mp4a(ByteBuf out, AudioSpecificConfig config) {
        int box = Box.start(out, "mp4a");
        sampleEntry(out);
        out.writeZero(8); // reserved
        out.writeShort(config.channels());
        out.writeShort(SAMPLE_BITS);
        out.writeInt(/* pre_defined, reserved= */ 0);
        int rate = config.samplingFrequency();
        out.writeShort(rate > MAX_RATE_OF_16_BITS ? 0 : rate); // 0: see the configuration
        out.writeShort(/* fraction of samplerate= */ 0);
        EsdsBox.esds(out, config.bytes());
        Box.end(out, box);
    }

    private static void sampleEntry(ByteBuf out) {
        out.writeZero(6); // reserved
        out.writeShort(/* data_reference_index= */ 1);
    }
}
