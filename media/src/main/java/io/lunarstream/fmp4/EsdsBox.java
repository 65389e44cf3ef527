package io.lunarstream.fmp4;

import io.lunarstream.media.bytes.ByteString;
import io.netty.buffer.ByteBuf;

/// The box that carries AAC's codec configuration in a nest of MPEG-4 descriptors.
///
/// ```
/// esds
///   ES_Descriptor 03             ES_ID 16 | flags 8
///     DecoderConfigDescriptor 04 objectTypeIndication 8 | streamType 6, upStream 1, 1 | buffer 24 | rates 32, 32
///       DecoderSpecificInfo 05   AudioSpecificConfig
///     SLConfigDescriptor 06      predefined 8
/// ```
///
/// Each descriptor is a tag and a length of 7 bits in each of 4 bytes. Source: ISO/IEC 14496-1, section 7.2.6;
/// 14496-14, section 5.6.
final class EsdsBox {
    private static final int ES_DESCRIPTOR = 3;
    private static final int DECODER_CONFIG_DESCRIPTOR = 4;
    private static final int DECODER_SPECIFIC_INFO = 5;
    private static final int SL_CONFIG_DESCRIPTOR = 6;
    private static final int DESCRIPTOR_HEADER_BYTES = 5;
    private static final int ES_FIELD_BYTES = 3;
    private static final int DECODER_CONFIG_FIELD_BYTES = 13;
    private static final int SL_CONFIG_FIELD_BYTES = 1;

    /// `objectTypeIndication` of ISO/IEC 14496-3.
    private static final int MPEG4_AUDIO = 0x40;

    /// `streamType` 5, not upstream, and a reserved bit that is set.
    private static final int AUDIO_STREAM = (5 << 2) | 1;

    private static final int SL_PREDEFINED_FOR_MP4 = 2;

    private EsdsBox() {}

    static void esds(ByteBuf out, ByteString audioSpecificConfig) {
        int configBytes = audioSpecificConfig.size();
        int decoderConfigBytes = DECODER_CONFIG_FIELD_BYTES + DESCRIPTOR_HEADER_BYTES + configBytes;
        int box = Box.start(out, "esds", 0, 0);
        descriptor(
                out,
                ES_DESCRIPTOR,
                ES_FIELD_BYTES
                        + DESCRIPTOR_HEADER_BYTES
                        + decoderConfigBytes
                        + DESCRIPTOR_HEADER_BYTES
                        + SL_CONFIG_FIELD_BYTES);
        out.writeZero(ES_FIELD_BYTES);
        descriptor(out, DECODER_CONFIG_DESCRIPTOR, decoderConfigBytes);
        out.writeByte(MPEG4_AUDIO);
        out.writeByte(AUDIO_STREAM);
        out.writeZero(11); // bufferSizeDB, maxBitrate, avgBitrate: not known
        descriptor(out, DECODER_SPECIFIC_INFO, configBytes);
        audioSpecificConfig.writeTo(out);
        descriptor(out, SL_CONFIG_DESCRIPTOR, SL_CONFIG_FIELD_BYTES);
        out.writeByte(SL_PREDEFINED_FOR_MP4);
        Box.end(out, box);
    }

    private static void descriptor(ByteBuf out, int tag, int length) {
        out.writeByte(tag);
        out.writeByte(0x80 | (length >>> 21));
        out.writeByte(0x80 | ((length >>> 14) & 0x7F));
        out.writeByte(0x80 | ((length >>> 7) & 0x7F));
        out.writeByte(length & 0x7F);
    }
}
