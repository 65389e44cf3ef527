package io.lunarstream.media.aac;

import io.netty.buffer.ByteBuf;

/// The header before each AAC frame where the configuration is not carried apart, as in MPEG-TS.
///
/// ```
/// syncword 12 (fff) | ID 1 (0: MPEG-4) | layer 2 (0) | protection_absent 1 (1)
/// profile 2 | sampling_frequency_index 4 | private 1 | channel_configuration 3 | original 1 | home 1
/// copyright_id 1 | copyright_start 1 | aac_frame_length 13 | buffer_fullness 11 (7ff) | raw_data_blocks 2 (0)
/// ```
///
/// Profile, frequency and channels are those of the core: HE-AAC is carried as AAC-LC of half the rate, and decoders
/// find SBR in the frames. Source: ISO/IEC 14496-3, section 1.A.2.
public final class AdtsHeader {
    public static final int BYTES = 7;

    /// What fits `aac_frame_length` besides the header. Real frames have at most 768 bytes for each channel.
    public static final int MAX_FRAME_BYTES = (1 << 13) - 1 - BYTES;

    private static final int BUFFER_FULLNESS_UNKNOWN = 0x7FF;

    /// `channel_configuration` has 3 bits.
    private static final int MAX_CHANNEL_CONFIGURATION = 7;

    private AdtsHeader() {}

    /// Writes the header for a frame of so many bytes.
    public static void write(ByteBuf out, AudioSpecificConfig config, int frameBytes) {
        if (!config.fitsAdts() || frameBytes > MAX_FRAME_BYTES) {
            throw new IllegalArgumentException("not for ADTS: " + config.rfc6381() + ", " + frameBytes + " bytes");
        }
        int length = BYTES + frameBytes;
        int channels = channelConfiguration(config);
        out.writeShort(0xFFF1);
        int index = SamplingFrequencies.indexOf(config.samplingFrequency());
        out.writeByte(((config.objectType() - 1) << 6) | (index << 2) | (channels >>> 2));
        out.writeInt(((channels & 0b11) << 30) | (length << 13) | (BUFFER_FULLNESS_UNKNOWN << 2));
    }

    /// The configuration with as many channels, if it is not given or too large for the header: a frame's elements
    /// stand in the same order in both.
    private static int channelConfiguration(AudioSpecificConfig config) {
        int given = config.channelConfiguration();
        if (given >= 1 && given <= MAX_CHANNEL_CONFIGURATION) {
            return given;
        }
        return switch (config.channels()) {
            case 1, 2, 3, 4, 5, 6 -> config.channels();
            case 8 -> MAX_CHANNEL_CONFIGURATION;
            default -> 0;
        };
    }
}
