package io.lunarstream.media.flac;

import io.lunarstream.media.bytes.BitReader;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;

/// FLAC's codec configuration: the metadata block STREAMINFO, which an enhanced sequence start carries.
///
/// ```
/// "fLaC" | last 1, block type 7 (0), length 24 (34): both are left out by some encoders
/// min block size 16 | max block size 16 | min frame size 24 | max frame size 24
/// sample rate 20 | channels less 1 3 | bits per sample less 1 5 | total samples 36 | MD5 128
/// ```
///
/// What is known at the end of a recording only (frame sizes, total samples, MD5) is left out, because some encoders
/// send the block again with it, and that is no change. Source: RFC 9639, section 8.2.
///
/// @param minBlockSize the fewest samples that a frame has, but for the last one
/// @param maxBlockSize the most samples that a frame has
/// @param samplingFrequency in Hz
/// @param channels 1 to 8
/// @param bitsPerSample 4 to 32
public record FlacStreamInfo(
        int minBlockSize, int maxBlockSize, int samplingFrequency, int channels, int bitsPerSample) {

    private static final int BLOCK_BYTES = 34;
    private static final int HEADER_BYTES = 4;
    private static final int FRAME_SIZES_BYTES = 6;
    private static final int REST_OF_TOTAL_SAMPLES_AND_MD5_BYTES = 4 + 16;
    private static final int MAGIC = 0x664C_6143; // fLaC

    /// Type STREAMINFO and the length of 34 bytes, whether it is the last block or not.
    private static final int BLOCK_HEADER = BLOCK_BYTES;

    private static final int NOT_LAST_MASK = 0x7FFF_FFFF;
    private static final int LAST = 0x8000_0000;
    private static final int MIN_BLOCK_SIZE = 16;

    /// Below this, one frame could last for seconds.
    private static final int MIN_SAMPLING_FREQUENCY = 8_000;

    /// Twice the highest rate in use, in studios.
    private static final int MAX_SAMPLING_FREQUENCY = 384_000;

    /// Reads all readable bytes; the buffer's indexes stay as they are. Further metadata blocks are tolerated.
    public static FlacStreamInfo read(ByteBuf in) throws MalformedException {
        int index = in.readerIndex();
        int bytes = in.readableBytes();
        if (bytes >= HEADER_BYTES && in.getInt(index) == MAGIC) {
            index += HEADER_BYTES;
            bytes -= HEADER_BYTES;
        }
        if (bytes >= HEADER_BYTES + BLOCK_BYTES && (in.getInt(index) & NOT_LAST_MASK) == BLOCK_HEADER) {
            index += HEADER_BYTES;
            bytes -= HEADER_BYTES;
        }
        if (bytes < BLOCK_BYTES) {
            throw new MalformedException("STREAMINFO is cut off");
        }
        return of(ByteString.copyOf(in, index, BLOCK_BYTES));
    }

    private static FlacStreamInfo of(ByteString block) throws MalformedException {
        BitReader bits = new BitReader(block);
        int minBlockSize = bits.bits(16);
        int maxBlockSize = bits.bits(16);
        bits.skip(24 + 24); // frame sizes
        int samplingFrequency = bits.bits(20);
        int channels = bits.bits(3) + 1;
        int bitsPerSample = bits.bits(5) + 1;
        if (maxBlockSize < MIN_BLOCK_SIZE) {
            throw new MalformedException("FLAC's maximum block size is " + maxBlockSize);
        }
        if (samplingFrequency < MIN_SAMPLING_FREQUENCY || samplingFrequency > MAX_SAMPLING_FREQUENCY) {
            throw new MalformedException("FLAC's sample rate is " + samplingFrequency);
        }
        return new FlacStreamInfo(minBlockSize, maxBlockSize, samplingFrequency, channels, bitsPerSample);
    }

    /// Writes the content of a `dfLa` box behind its version and flags: the block, marked as the last one. Zeros say
    /// that something is not known.
    ///
    /// Source: Encapsulation of FLAC in ISO Base Media File Format, section 3.3.2.
    public void write(ByteBuf out) {
        out.writeInt(LAST | BLOCK_HEADER);
        out.writeShort(minBlockSize);
        out.writeShort(maxBlockSize);
        out.writeZero(FRAME_SIZES_BYTES);
        out.writeInt((samplingFrequency << 12) | ((channels - 1) << 9) | ((bitsPerSample - 1) << 4));
        out.writeZero(REST_OF_TOTAL_SAMPLES_AND_MD5_BYTES);
    }
}
