package io.lunarstream.media.avc;

import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// H.264's codec configuration, the content of an `avcC` box or of an FLV sequence header.
///
/// ```
/// configurationVersion 8 | AVCProfileIndication 8 | profile_compatibility 8 | AVCLevelIndication 8
/// 111111 | lengthSizeMinusOne 2
/// 111    | numOfSequenceParameterSets 5, then for each: length 16, NAL unit
/// numOfPictureParameterSets 8,           then for each: length 16, NAL unit
/// if the profile is not Baseline, Main or Extended (often missing, sometimes followed by more):
///   111111 | chroma_format 2 | 11111 | bit_depth_luma_minus8 3 | 11111 | bit_depth_chroma_minus8 3
///   numOfSequenceParameterSetExt 8
/// ```
///
/// Profile, level and the trailer are written from the first SPS, which is what decoders believe; what the record
/// said about them is not kept. Source: ISO/IEC 14496-15, section 5.3.3.1.
///
/// @param nalLengthBytes bytes of the length before each NAL unit of a sample: 1, 2 or 4
/// @param spsList at least one
/// @param ppsList picture parameter sets as whole NAL units, at least one
public record AvcDecoderConfiguration(int nalLengthBytes, List<Sps> spsList, List<ByteString> ppsList) {

    /// Real ones have some 50 bytes; room for a few dozen parameter sets, and a bound to what one costs.
    public static final int MAX_BYTES = 16_384;

    private static final int VERSION = 1;

    public AvcDecoderConfiguration {
        if (nalLengthBytes != 1 && nalLengthBytes != 2 && nalLengthBytes != 4) {
            throw new IllegalArgumentException("nalLengthBytes must be 1, 2 or 4: " + nalLengthBytes);
        }
        if (spsList.isEmpty() || ppsList.isEmpty()) {
            throw new IllegalArgumentException("at least one SPS and one PPS");
        }
        spsList = List.copyOf(spsList);
        ppsList = List.copyOf(ppsList);
    }

    /// Reads all readable bytes as one record; the buffer's indexes stay as they are.
    public static AvcDecoderConfiguration read(ByteBuf record) throws MalformedException {
        return AvcDecoderConfigurationReader.read(record.slice());
    }

    /// Writes the record.
    public void write(ByteBuf out) {
        Sps first = sps();
        out.writeByte(VERSION);
        out.writeByte(first.profileIdc());
        out.writeByte(first.constraintFlags());
        out.writeByte(first.levelIdc());
        out.writeByte(0b1111_1100 | (nalLengthBytes - 1));
        out.writeByte(0b1110_0000 | spsList.size());
        spsList.forEach(sps -> writeParameterSet(out, sps.nalUnit()));
        out.writeByte(ppsList.size());
        ppsList.forEach(pps -> writeParameterSet(out, pps));
        if (hasTrailer(first.profileIdc())) {
            out.writeByte(0b1111_1100 | first.chromaFormatIdc());
            out.writeByte(0b1111_1000 | (first.bitDepthLuma() - 8));
            out.writeByte(0b1111_1000 | (first.bitDepthChroma() - 8));
            out.writeByte(/* numOfSequenceParameterSetExt= */ 0);
        }
    }

    /// The first SPS: the one to ask for the picture's size and rate.
    public Sps sps() {
        return spsList.getFirst();
    }

    /// The same parameter sets for samples whose NAL units have lengths of another size.
    public AvcDecoderConfiguration withNalLengthBytes(int otherNalLengthBytes) {
        return new AvcDecoderConfiguration(otherNalLengthBytes, spsList, ppsList);
    }

    /// The configuration for an access unit: this one, unless the access unit brings an SPS along that asks for another
    /// decoder. Parameter sets that cannot be read say nothing.
    ///
    /// @param accessUnit whole NAL units with lengths of 4 bytes, none empty
    public AvcDecoderConfiguration with(ByteBuf accessUnit) {
        try {
            return InBandParameterSets.mergedInto(this, accessUnit);
        } catch (MalformedException e) {
            return this;
        }
    }

    /// The name for `CODECS`: `avc1.` and profile, constraints, level in hexadecimal. Source: RFC 6381, section 3.3.
    public String rfc6381() {
        Sps first = sps();
        return String.format("avc1.%02x%02x%02x", first.profileIdc(), first.constraintFlags(), first.levelIdc());
    }

    private static void writeParameterSet(ByteBuf out, ByteString nalUnit) {
        out.writeShort(nalUnit.size());
        nalUnit.writeTo(out);
    }

    private static boolean hasTrailer(int profileIdc) {
        return profileIdc != 66 && profileIdc != 77 && profileIdc != 88;
    }
}
