package io.lunarstream.media.avc;

import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/// Reads an [AvcDecoderConfiguration]; its comment draws the layout.
///
/// Empty parameter sets and such of other kinds (a subset SPS) are left out; the trailer is not looked at.
final class AvcDecoderConfigurationReader {
    /// As for an SPS; a PPS with scaling lists has some 400 bytes.
    private static final int MAX_PPS_BYTES = 1_024;

    private AvcDecoderConfigurationReader() {}

    /// Reads a record from a slice of its own.
    static AvcDecoderConfiguration read(ByteBuf in) throws MalformedException {
        if (in.readableBytes() > AvcDecoderConfiguration.MAX_BYTES) {
            throw new MalformedException("avcC of " + in.readableBytes() + " bytes");
        }
        require(in, 6, "avcC header");
        int version = in.readUnsignedByte();
        if (version != 1) {
            throw new MalformedException("configurationVersion is " + version);
        }
        in.skipBytes(3); // profile, compatibility, level: the SPS says them
        int nalLengthBytes = (in.readUnsignedByte() & 0b11) + 1;
        if (nalLengthBytes == 3) {
            throw new MalformedException("lengthSizeMinusOne is 2");
        }
        List<Sps> spsList = new ArrayList<>();
        int spsCount = in.readUnsignedByte() & 0b1_1111;
        for (ByteString nalUnit : parameterSets(in, spsCount, Sps.MAX_BYTES, NalUnitType.SEQUENCE_PARAMETER_SET)) {
            spsList.add(Sps.read(nalUnit));
        }
        require(in, 1, "numOfPictureParameterSets");
        int ppsCount = in.readUnsignedByte();
        List<ByteString> ppsList = parameterSets(in, ppsCount, MAX_PPS_BYTES, NalUnitType.PICTURE_PARAMETER_SET);
        if (spsList.isEmpty() || ppsList.isEmpty()) {
            throw new MalformedException("avcC without " + (spsList.isEmpty() ? "SPS" : "PPS"));
        }
        return new AvcDecoderConfiguration(nalLengthBytes, spsList, ppsList);
    }

    private static List<ByteString> parameterSets(ByteBuf in, int count, int maxBytes, NalUnitType type)
            throws MalformedException {
        List<ByteString> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            require(in, 2, type + " length");
            int length = in.readUnsignedShort();
            if (length > maxBytes) {
                throw new MalformedException(type + " of " + length + " bytes, allowed are " + maxBytes);
            }
            require(in, length, type.name());
            if (length > 0 && NalUnitType.of(in.getByte(in.readerIndex())) == type) {
                found.add(ByteString.copyOf(in, in.readerIndex(), length));
            }
            in.skipBytes(length);
        }
        return found;
    }

    private static void require(ByteBuf in, int bytes, String field) throws MalformedException {
        if (in.readableBytes() < bytes) {
            throw new MalformedException(field + " is cut off");
        }
    }
}
