package io.lunarstream.media.aac;

import io.lunarstream.media.aac.AudioSpecificConfig.Extension;
import io.lunarstream.media.bytes.BitReader;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;

/// Reads an [AudioSpecificConfig].
///
/// ```
/// audioObjectType 5 (+6) | samplingFrequencyIndex 4 (+24) | channelConfiguration 4
/// hierarchical SBR: the type is 5 or 29, then: extensionSamplingFrequencyIndex 4 (+24) | audioObjectType 5 (+6)
/// GASpecificConfig: frameLengthFlag 1 | dependsOnCoreCoder 1 (+14) | extensionFlag 1 | program_config_element
/// backward compatible SBR: 0x2b7 11 | 5 5 | sbrPresentFlag 1 | extensionSamplingFrequencyIndex 4 (+24)
///                          0x548 11 | psPresentFlag 1
/// ```
///
/// Source: ISO/IEC 14496-3, sections 1.6.2.1, 4.4.1 and 4.4.1.1.
final class AudioSpecificConfigReader {
    static final int OBJECT_TYPE_SBR = 5;
    static final int OBJECT_TYPE_PS = 29;

    private static final int OBJECT_TYPE_ESCAPE = 31;
    private static final int SYNC_EXTENSION_SBR = 0x2b7;
    private static final int SYNC_EXTENSION_PS = 0x548;

    private final ByteString bytes;
    private final BitReader bits;

    private Extension extension = Extension.UNSAID;
    private int outputSamplingFrequency;

    AudioSpecificConfigReader(ByteString bytes) throws MalformedException {
        if (bytes.size() > AudioSpecificConfig.MAX_BYTES) {
            throw new MalformedException("AudioSpecificConfig of " + bytes.size() + " bytes");
        }
        this.bytes = bytes;
        this.bits = new BitReader(bytes);
    }

    AudioSpecificConfig read() throws MalformedException {
        int objectType = objectType();
        int samplingFrequency = SamplingFrequencies.read(bits);
        int channelConfiguration = bits.bits(4);
        outputSamplingFrequency = samplingFrequency;
        if (objectType == OBJECT_TYPE_SBR || objectType == OBJECT_TYPE_PS) {
            extension = objectType == OBJECT_TYPE_PS ? Extension.PARAMETRIC_STEREO : Extension.SBR;
            outputSamplingFrequency = SamplingFrequencies.read(bits);
            objectType = objectType();
        }
        int channels = channels(channelConfiguration);
        int samplesPerFrame = 1_024;
        if (objectType >= 1 && objectType <= 4) {
            samplesPerFrame = bits.flag() ? 960 : 1_024; // frameLengthFlag
            channels = gaSpecificConfig(channelConfiguration, channels);
            if (extension == Extension.UNSAID) {
                syncExtension();
            }
        }
        return new AudioSpecificConfig(
                bytes,
                objectType,
                samplingFrequency,
                channelConfiguration,
                channels,
                samplesPerFrame,
                extension,
                outputSamplingFrequency);
    }

    private int objectType() throws MalformedException {
        int type = bits.bits(5);
        return type == OBJECT_TYPE_ESCAPE ? 32 + bits.bits(6) : type;
    }

    private static int channels(int channelConfiguration) throws MalformedException {
        return switch (channelConfiguration) {
            case 0, 1, 2, 3, 4, 5, 6 -> channelConfiguration;
            case 7, 12, 14 -> 8;
            case 11 -> 7;
            default -> throw new MalformedException("channelConfiguration is " + channelConfiguration);
        };
    }

    /// The rest of GASpecificConfig behind its frameLengthFlag; returns the number of channels.
    private int gaSpecificConfig(int channelConfiguration, int channels) throws MalformedException {
        if (bits.flag()) { // dependsOnCoreCoder
            bits.skip(14); // coreCoderDelay
        }
        bits.flag(); // extensionFlag: the types with such fields are none of ours
        return channelConfiguration == 0 ? programConfigElement() : channels;
    }

    /// Counts the channels of a `program_config_element`. Source: section 4.4.1.1, table 4.2.
    private int programConfigElement() throws MalformedException {
        bits.skip(4 + 2 + 4); // element_instance_tag, object_type, sampling_frequency_index
        int pannedElements = 0;
        int[] elementCounts = {bits.bits(4), bits.bits(4), bits.bits(4)}; // front, side, back
        int lfeElements = bits.bits(2);
        int dataElements = bits.bits(3);
        int couplingElements = bits.bits(4);
        for (int mixdownBits : new int[] {4, 4, 3}) { // mono, stereo, matrix
            if (bits.flag()) {
                bits.skip(mixdownBits);
            }
        }
        for (int count : elementCounts) {
            for (int i = 0; i < count; i++) {
                pannedElements += bits.flag() ? 2 : 1; // a pair, or a single channel
                bits.skip(4); // element_tag_select
            }
        }
        bits.skip(4 * lfeElements + 4 * dataElements + 5 * couplingElements);
        bits.skipToByteBoundary();
        bits.skip(8 * bits.bits(8)); // comment_field_data
        int channels = pannedElements + lfeElements;
        if (channels == 0) {
            throw new MalformedException("program_config_element without channels");
        }
        return channels;
    }

    /// What follows the core's configuration, if anything does: some encoders leave zeros there.
    private void syncExtension() throws MalformedException {
        if (bits.bitsLeft() < 16 || bits.bits(11) != SYNC_EXTENSION_SBR || objectType() != OBJECT_TYPE_SBR) {
            return;
        }
        if (bits.bitsLeft() < 1 || !bits.flag()) { // sbrPresentFlag
            extension = Extension.NONE;
            return;
        }
        extension = Extension.SBR;
        outputSamplingFrequency = SamplingFrequencies.read(bits);
        if (bits.bitsLeft() >= 12 && bits.bits(11) == SYNC_EXTENSION_PS && bits.flag()) {
            extension = Extension.PARAMETRIC_STEREO;
        }
    }
}
