package io.lunarstream.media.ac3;

import io.lunarstream.media.bytes.BitReader;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;

/// AC-3's codec configuration, which every syncframe brings along.
///
/// ```
/// syncword 16 (0b77) | crc1 16 | fscod 2 | frmsizecod 6 | bsid 5 | bsmod 3 | acmod 3
/// cmixlev 2, if there are three front channels | surmixlev 2, if there are surround channels
/// dsurmod 2, if there are two channels | lfeon 1
/// ```
///
/// Source: ETSI TS 102 366, sections 4.3 and 4.4.
///
/// @param fscod 0 for 48 kHz, 1 for 44.1 kHz, 2 for 32 kHz
/// @param bitRateCode place of the bit rate in the table, 0 to 18
/// @param bsid version of the bit stream, at most 8
/// @param bsmod which service it is: 0 for complete main
/// @param acmod which channels there are, but for the low frequency one
/// @param lfe whether there is a low frequency channel
public record Ac3Configuration(int fscod, int bitRateCode, int bsid, int bsmod, int acmod, boolean lfe) {

    /// Every frame has six blocks of 256 samples.
    public static final int SAMPLES_PER_FRAME = 1_536;

    private static final int SYNCWORD = 0x0B77;
    private static final int HEADER_BYTES = 8;
    private static final int MAX_BSID = 8;
    private static final int MAX_BIT_RATE_CODE = 18;
    private static final int STEREO = 2;
    private static final int[] SAMPLING_FREQUENCIES = {48_000, 44_100, 32_000};
    private static final int[] CHANNELS = {2, 1, 2, 3, 3, 4, 4, 5};

    /// Reads the beginning of a syncframe; the buffer's indexes stay as they are.
    public static Ac3Configuration read(ByteBuf frame) throws MalformedException {
        if (frame.readableBytes() < HEADER_BYTES) {
            throw new MalformedException("AC-3 frame is cut off");
        }
        BitReader bits = new BitReader(ByteString.copyOf(frame, frame.readerIndex(), HEADER_BYTES));
        if (bits.bits(16) != SYNCWORD) {
            throw new MalformedException("AC-3 frame without syncword");
        }
        bits.skip(16); // crc1
        int fscod = bits.bits(2);
        int bitRateCode = bits.bits(6) >>> 1;
        int bsid = bits.bits(5);
        if (bsid > MAX_BSID || fscod >= SAMPLING_FREQUENCIES.length || bitRateCode > MAX_BIT_RATE_CODE) {
            throw new MalformedException("AC-3 of bsid " + bsid + ", fscod " + fscod + ", bit rate " + bitRateCode);
        }
        int bsmod = bits.bits(3);
        int acmod = bits.bits(3);
        boolean threeInFront = (acmod & 0b1) != 0 && acmod != 1;
        bits.skip(threeInFront ? 2 : 0); // cmixlev
        bits.skip((acmod & 0b100) != 0 ? 2 : 0); // surmixlev
        bits.skip(acmod == STEREO ? 2 : 0); // dsurmod
        return new Ac3Configuration(fscod, bitRateCode, bsid, bsmod, acmod, bits.flag());
    }

    /// Samples per second.
    public int samplingFrequency() {
        return SAMPLING_FREQUENCIES[fscod];
    }

    /// How many channels there are, the low frequency one included.
    public int channels() {
        return CHANNELS[acmod] + (lfe ? 1 : 0);
    }

    /// Writes the content of a `dac3` box.
    ///
    /// ```
    /// fscod 2 | bsid 5 | bsmod 3 | acmod 3 | lfeon 1 | bit_rate_code 5 | 00000
    /// ```
    ///
    /// Source: ETSI TS 102 366, section F.4.
    public void write(ByteBuf out) {
        int bits = (fscod << 22) | (bsid << 17) | (bsmod << 14) | (acmod << 11) | (bitRateCode << 5);
        out.writeMedium(bits | (lfe ? 1 << 10 : 0));
    }
}
