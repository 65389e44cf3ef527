package io.lunarstream.media.hevc;

import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/// Reads an [HevcDecoderConfiguration]; its comment draws the layout.
///
/// Empty parameter sets and NAL units of other kinds are left out.
final class HevcDecoderConfigurationReader {
    private static final int HEADER_BYTES = 23;
    private static final int BYTES_BEFORE_LENGTH_SIZE = 20;

    /// There are 64 ids for picture parameter sets, and fewer for the others. Source: ITU-T H.265, section 7.4.3.3.
    private static final int MAX_PARAMETER_SETS = 64;

    private final ByteBuf in;
    private final List<ByteString> vpsList = new ArrayList<>();
    private final List<HevcSps> spsList = new ArrayList<>();
    private final List<ByteString> ppsList = new ArrayList<>();

    /// @param in a slice of the reader's own
    HevcDecoderConfigurationReader(ByteBuf in) {
        this.in = in;
    }

    HevcDecoderConfiguration read() throws MalformedException {
        if (in.readableBytes() > HevcDecoderConfiguration.MAX_BYTES) {
            throw new MalformedException("hvcC of " + in.readableBytes() + " bytes");
        }
        require(HEADER_BYTES, "hvcC header");
        int version = in.readUnsignedByte();
        if (version != 1) {
            throw new MalformedException("configurationVersion is " + version);
        }
        in.skipBytes(BYTES_BEFORE_LENGTH_SIZE); // profile, chroma, depths: the SPS says them
        int nalLengthBytes = (in.readUnsignedByte() & 0b11) + 1;
        if (nalLengthBytes == 3) {
            throw new MalformedException("lengthSizeMinusOne is 2");
        }
        int arrays = in.readUnsignedByte();
        for (int i = 0; i < arrays; i++) {
            readArray();
        }
        requireOne("VPS", vpsList);
        requireOne("SPS", spsList);
        requireOne("PPS", ppsList);
        return new HevcDecoderConfiguration(nalLengthBytes, vpsList, spsList, ppsList);
    }

    private void readArray() throws MalformedException {
        require(3, "NAL unit array");
        in.skipBytes(1); // completeness and type: each NAL unit says its type itself
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            require(2, "nalUnitLength");
            int length = in.readUnsignedShort();
            require(length, "NAL unit");
            if (length > 0) {
                keep(length);
            }
            in.skipBytes(length);
        }
    }

    private void keep(int length) throws MalformedException {
        if (vpsList.size() + spsList.size() + ppsList.size() >= MAX_PARAMETER_SETS) {
            throw new MalformedException("hvcC of more than " + MAX_PARAMETER_SETS + " parameter sets");
        }
        int firstByte = in.getByte(in.readerIndex());
        if (HevcNalUnitType.VIDEO_PARAMETER_SET.is(firstByte)) {
            vpsList.add(ByteString.copyOf(in, in.readerIndex(), length));
        } else if (HevcNalUnitType.SEQUENCE_PARAMETER_SET.is(firstByte)) {
            spsList.add(HevcSps.read(ByteString.copyOf(in, in.readerIndex(), length)));
        } else if (HevcNalUnitType.PICTURE_PARAMETER_SET.is(firstByte)) {
            ppsList.add(ByteString.copyOf(in, in.readerIndex(), length));
        }
    }

    private static void requireOne(String name, List<?> found) throws MalformedException {
        if (found.isEmpty()) {
            throw new MalformedException("hvcC without " + name);
        }
    }

    private void require(int bytes, String field) throws MalformedException {
        if (in.readableBytes() < bytes) {
            throw new MalformedException(field + " is cut off");
        }
    }
}
