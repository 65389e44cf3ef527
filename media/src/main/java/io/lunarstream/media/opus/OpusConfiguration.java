package io.lunarstream.media.opus;

import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;

/// Opus's codec configuration: the identification header of Ogg, which an enhanced sequence start carries.
///
/// ```
/// "OpusHead" | version 8 | channels 8 | pre-skip 16 | input sample rate 32 | output gain 16 | mapping family 8
/// if the family is not 0: streams 8 | coupled streams 8 | mapping 8 for each channel
/// ```
///
/// Numbers have their low byte first. Source: RFC 7845, section 5.1.
///
/// @param channels 1 to 255
/// @param preSkip how many samples a decoder throws away where the stream begins, at 48 kHz
/// @param inputSampleRate of the recording, in Hz; decoders always put out 48 kHz
/// @param outputGain in dB, 8 and 8 bits, as it came
/// @param mappingFamily how channels are ordered: 0 mono and stereo, 1 surround
/// @param mappingTable what follows if the family is not 0
public record OpusConfiguration(
        int channels, int preSkip, long inputSampleRate, int outputGain, int mappingFamily, ByteString mappingTable) {

    /// All times of Opus count at this rate. Source: RFC 6716, section 2.
    public static final int SAMPLING_FREQUENCY = 48_000;

    private static final long MAGIC = 0x4F70_7573_4865_6164L; // OpusHead
    private static final int HEADER_BYTES = 19;
    private static final int MAX_VERSION = 15;
    private static final int MAX_CHANNELS_OF_FAMILY_0 = 2;

    /// What an encoder means that sends an empty sequence start, with the pre-skip that most have.
    /// Source: Enhanced RTMP v2, section "Enhanced Audio".
    public static final OpusConfiguration STEREO =
            new OpusConfiguration(2, 312, SAMPLING_FREQUENCY, 0, 0, ByteString.of());

    /// Reads all readable bytes as one header; the buffer's indexes stay as they are. Bytes behind it are tolerated.
    public static OpusConfiguration read(ByteBuf header) throws MalformedException {
        int index = header.readerIndex();
        require(header, HEADER_BYTES);
        if (header.getLong(index) != MAGIC) {
            throw new MalformedException("no OpusHead");
        }
        int version = header.getUnsignedByte(index + 8);
        if (version > MAX_VERSION) {
            throw new MalformedException("OpusHead of version " + version);
        }
        int channels = header.getUnsignedByte(index + 9);
        int family = header.getUnsignedByte(index + 18);
        if (channels == 0 || (family == 0 && channels > MAX_CHANNELS_OF_FAMILY_0)) {
            throw new MalformedException("Opus of " + channels + " channels in mapping family " + family);
        }
        int tableBytes = family == 0 ? 0 : 2 + channels;
        require(header, HEADER_BYTES + tableBytes);
        return new OpusConfiguration(
                channels,
                header.getUnsignedShortLE(index + 10),
                header.getUnsignedIntLE(index + 12),
                header.getUnsignedShortLE(index + 16),
                family,
                ByteString.copyOf(header, index + HEADER_BYTES, tableBytes));
    }

    /// Writes the content of a `dOps` box, whose numbers have their high byte first.
    /// Source: Encapsulation of Opus in ISO Base Media File Format, section 4.3.2.
    public void write(ByteBuf out) {
        out.writeByte(/* Version= */ 0);
        out.writeByte(channels);
        out.writeShort(preSkip);
        out.writeInt((int) inputSampleRate);
        out.writeShort(outputGain);
        out.writeByte(mappingFamily);
        mappingTable.writeTo(out);
    }

    private static void require(ByteBuf header, int bytes) throws MalformedException {
        if (header.readableBytes() < bytes) {
            throw new MalformedException("OpusHead is cut off");
        }
    }
}
