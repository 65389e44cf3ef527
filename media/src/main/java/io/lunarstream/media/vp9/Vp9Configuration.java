package io.lunarstream.media.vp9;

import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.Locale;

/// VP9's codec configuration, the content of a `vpcC` box or of an enhanced sequence start.
///
/// ```
/// version 8, flags 24 (those of the box; some encoders send them along)
/// profile 8 | level 8 | bitDepth 4 | chromaSubsampling 3 | videoFullRangeFlag 1
/// colourPrimaries 8 | transferCharacteristics 8 | matrixCoefficients 8 | codecInitializationDataSize 16 (0)
/// ```
///
/// The size is not in it: key frames say it. Source: VP Codec ISO Media File Format Binding, section 2.2.
///
/// @param profile 0 to 3
/// @param level ten times the level: 31 for 3.1
/// @param bitDepth 8, 10 or 12
/// @param colours the four bytes from `bitDepth` to `matrixCoefficients`, as they came
public record Vp9Configuration(int profile, int level, int bitDepth, ByteString colours) {
    private static final int RECORD_BYTES = 8;
    private static final int FULL_BOX_BYTES = 4;

    /// Version 1, no flags. As a record's beginning it would mean level 0 and pictures of 0 bits.
    private static final int FULL_BOX_HEADER = 0x0100_0000;

    private static final int MAX_PROFILE = 3;

    /// Reads all readable bytes as one record; the buffer's indexes stay as they are. Bytes behind it are tolerated.
    public static Vp9Configuration read(ByteBuf record) throws MalformedException {
        int index = record.readerIndex();
        int bytes = record.readableBytes();
        if (bytes >= FULL_BOX_BYTES + RECORD_BYTES && record.getInt(index) == FULL_BOX_HEADER) {
            index += FULL_BOX_BYTES;
            bytes -= FULL_BOX_BYTES;
        }
        if (bytes < RECORD_BYTES) {
            throw new MalformedException("vpcC is cut off");
        }
        int profile = record.getUnsignedByte(index);
        int level = record.getUnsignedByte(index + 1);
        int bitDepth = record.getUnsignedByte(index + 2) >>> 4;
        if (profile > MAX_PROFILE) {
            throw new MalformedException("VP9 profile is " + profile);
        }
        if (bitDepth != 8 && bitDepth != 10 && bitDepth != 12) {
            throw new MalformedException("VP9 bitDepth is " + bitDepth);
        }
        return new Vp9Configuration(profile, level, bitDepth, ByteString.copyOf(record, index + 2, 4));
    }

    /// Writes the record without a box's version and flags.
    public void write(ByteBuf out) {
        out.writeByte(profile);
        out.writeByte(level);
        colours.writeTo(out);
        out.writeShort(/* codecInitializationDataSize= */ 0);
    }

    /// The name for `CODECS`, such as `vp09.00.31.08`. Source: VP Codec ISO Media File Format Binding, section 3.
    public String rfc6381() {
        return String.format(Locale.ROOT, "vp09.%02d.%02d.%02d", profile, level, bitDepth);
    }
}
