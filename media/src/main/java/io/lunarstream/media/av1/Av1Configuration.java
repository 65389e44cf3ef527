package io.lunarstream.media.av1;

import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.Optional;

/// AV1's codec configuration, the content of an `av1C` box or of an enhanced sequence start.
///
/// ```
/// marker 1 | version 7 | seq_profile 3 | seq_level_idx_0 5
/// seq_tier_0 1 | high_bitdepth 1 | twelve_bit 1 | monochrome 1 | chroma_subsampling_x 1, y 1 | sample_position 2
/// 000 | initial_presentation_delay_present 1 | delay 4 | configOBUs: the sequence header, and what else there is
/// ```
///
/// Everything is written from the sequence header; other OBUs of the record are not kept. Source: AV1 Codec ISO Media
/// File Format Binding, section 2.3.
///
/// @param sequenceHeader the stream's
public record Av1Configuration(Av1SequenceHeader sequenceHeader) {

    /// Real ones have some 20 bytes, with HDR metadata some 60.
    public static final int MAX_BYTES = 4_096;

    private static final int HEADER_BYTES = 4;
    private static final int MARKER_AND_VERSION = 0x81;
    private static final int HAS_SIZE_FLAG = 0b10;
    private static final int LOW_7_BITS = 0x7F;

    /// Reads all readable bytes as one record; the buffer's indexes stay as they are. Empty if the record has no
    /// sequence header, which is legal: then the first keyframe has it.
    public static Optional<Av1Configuration> read(ByteBuf record) throws MalformedException {
        if (record.readableBytes() > MAX_BYTES) {
            throw new MalformedException("av1C of " + record.readableBytes() + " bytes");
        }
        if (record.readableBytes() < HEADER_BYTES) {
            throw new MalformedException("av1C is cut off");
        }
        int first = record.getUnsignedByte(record.readerIndex());
        if (first != MARKER_AND_VERSION) {
            throw new MalformedException("av1C begins with " + first);
        }
        int obus = record.readerIndex() + HEADER_BYTES;
        ObuReader reader = new ObuReader(record.slice(obus, record.writerIndex() - obus));
        while (reader.next()) {
            if (reader.type() == ObuType.SEQUENCE_HEADER) {
                int payload = obus + reader.payloadStart();
                int bytes = reader.end() - reader.payloadStart();
                return Optional.of(of(ByteString.copyOf(record, payload, bytes)));
            }
        }
        return Optional.empty();
    }

    /// The configuration that goes with a sequence header.
    public static Av1Configuration of(ByteString sequenceHeader) throws MalformedException {
        return new Av1Configuration(Av1SequenceHeader.read(sequenceHeader));
    }

    /// Writes the record.
    public void write(ByteBuf out) {
        Av1SequenceHeader header = sequenceHeader;
        out.writeByte(MARKER_AND_VERSION);
        out.writeByte((header.profile() << 5) | header.levelIdx());
        int flags = bit(header.highTier(), 7) | bit(header.bitDepth() > 8, 6) | bit(header.bitDepth() == 12, 5);
        flags |= bit(header.monochrome(), 4) | bit(header.subsamplingX(), 3) | bit(header.subsamplingY(), 2);
        out.writeByte(flags | header.chromaSamplePosition());
        out.writeByte(/* initial_presentation_delay_present= */ 0);
        out.writeByte((ObuType.SEQUENCE_HEADER.code() << 3) | HAS_SIZE_FLAG);
        int bytes = header.payload().size();
        for (; bytes > LOW_7_BITS; bytes >>>= 7) {
            out.writeByte(0x80 | (bytes & LOW_7_BITS));
        }
        out.writeByte(bytes);
        header.payload().writeTo(out);
    }

    /// The name for `CODECS`, such as `av01.0.04M.08`. Source: AV1 Codec ISO Media File Format Binding, section 5.
    public String rfc6381() {
        return String.format(
                Locale.ROOT,
                "av01.%d.%02d%s.%02d",
                sequenceHeader.profile(),
                sequenceHeader.levelIdx(),
                sequenceHeader.highTier() ? "H" : "M",
                sequenceHeader.bitDepth());
    }

    private static int bit(boolean set, int place) {
        return set ? 1 << place : 0;
    }
}
