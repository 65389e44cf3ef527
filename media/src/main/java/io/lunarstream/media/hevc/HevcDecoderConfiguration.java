package io.lunarstream.media.hevc;

import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// HEVC's codec configuration, the content of an `hvcC` box or of an enhanced sequence start.
///
/// ```
/// configurationVersion 8 | profile, tier, level 96 (see ProfileTierLevel)
/// 1111 | min_spatial_segmentation_idc 12 | 111111 | parallelismType 2 | 111111 | chromaFormat 2
/// 11111 | bitDepthLumaMinus8 3 | 11111 | bitDepthChromaMinus8 3 | avgFrameRate 16
/// constantFrameRate 2 | numTemporalLayers 3 | temporalIdNested 1 | lengthSizeMinusOne 2
/// numOfArrays 8, then for each:
///   array_completeness 1 | 0 | NAL_unit_type 6 | numNalus 16, then for each: nalUnitLength 16, NAL unit
/// ```
///
/// All but the parameter sets is written from the first SPS, which is what decoders believe; what the record said
/// about it is not kept, nor are supplemental messages (SEI). Source: ISO/IEC 14496-15, section 8.3.3.1.
///
/// @param nalLengthBytes bytes of the length before each NAL unit of a sample: 1, 2 or 4
/// @param vpsList video parameter sets as whole NAL units, at least one
/// @param spsList at least one
/// @param ppsList picture parameter sets as whole NAL units, at least one
public record HevcDecoderConfiguration(
        int nalLengthBytes, List<ByteString> vpsList, List<HevcSps> spsList, List<ByteString> ppsList) {

    /// Real ones have 100 bytes to 3 KiB; room for a few dozen parameter sets, and a bound to what one costs.
    public static final int MAX_BYTES = 32_768;

    private static final int VERSION = 1;
    private static final int ARRAY_COMPLETE = 0b1000_0000;

    public HevcDecoderConfiguration {
        if (nalLengthBytes != 1 && nalLengthBytes != 2 && nalLengthBytes != 4) {
            throw new IllegalArgumentException("nalLengthBytes must be 1, 2 or 4: " + nalLengthBytes);
        }
        if (vpsList.isEmpty() || spsList.isEmpty() || ppsList.isEmpty()) {
            throw new IllegalArgumentException("at least one VPS, one SPS and one PPS");
        }
        vpsList = List.copyOf(vpsList);
        spsList = List.copyOf(spsList);
        ppsList = List.copyOf(ppsList);
    }

    /// Reads all readable bytes as one record; the buffer's indexes stay as they are.
    public static HevcDecoderConfiguration read(ByteBuf record) throws MalformedException {
        return new HevcDecoderConfigurationReader(record.slice()).read();
    }

    /// Writes the record.
    public void write(ByteBuf out) {
        HevcSps first = sps();
        out.writeByte(VERSION);
        first.profileTierLevel().write(out);
        out.writeShort(0b1111_0000_0000_0000); // min_spatial_segmentation_idc: not known
        out.writeByte(0b1111_1100); // parallelismType: not known
        out.writeByte(0b1111_1100 | first.chromaFormatIdc());
        out.writeByte(0b1111_1000 | (first.bitDepthLuma() - 8));
        out.writeByte(0b1111_1000 | (first.bitDepthChroma() - 8));
        out.writeShort(/* avgFrameRate, not known= */ 0);
        int nested = first.temporalIdNested() ? 1 : 0;
        out.writeByte((first.temporalLayers() << 3) | (nested << 2) | (nalLengthBytes - 1));
        out.writeByte(/* numOfArrays= */ 3);
        writeArray(out, HevcNalUnitType.VIDEO_PARAMETER_SET, vpsList);
        writeArray(
                out,
                HevcNalUnitType.SEQUENCE_PARAMETER_SET,
                spsList.stream().map(HevcSps::nalUnit).toList());
        writeArray(out, HevcNalUnitType.PICTURE_PARAMETER_SET, ppsList);
    }

    /// The first SPS: the one to ask for the picture's size and rate.
    public HevcSps sps() {
        return spsList.getFirst();
    }

    /// The same parameter sets for samples whose NAL units have lengths of another size.
    public HevcDecoderConfiguration withNalLengthBytes(int otherNalLengthBytes) {
        return new HevcDecoderConfiguration(otherNalLengthBytes, vpsList, spsList, ppsList);
    }

    /// The name for `CODECS`, such as `hvc1.1.6.L93.B0`. Source: ISO/IEC 14496-15, section E.3.
    public String rfc6381() {
        return "hvc1." + sps().profileTierLevel().rfc6381();
    }

    private static void writeArray(ByteBuf out, HevcNalUnitType type, List<ByteString> nalUnits) {
        out.writeByte(ARRAY_COMPLETE | type.code());
        out.writeShort(nalUnits.size());
        for (ByteString nalUnit : nalUnits) {
            out.writeShort(nalUnit.size());
            nalUnit.writeTo(out);
        }
    }
}
