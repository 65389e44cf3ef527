package io.lunarstream.media.hevc;

import io.lunarstream.media.bytes.BitReader;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.EmulationPrevention;
import io.lunarstream.media.bytes.MalformedException;
import java.util.OptionalDouble;

/// Reads one sequence parameter set, field after field in the order of ITU-T H.265, section 7.3.2.2.1.
///
/// What we do not use is read all the same, because the fields behind it have no fixed place.
final class HevcSpsReader {
    /// The largest side of a picture in pixels: sqrt(8 * MaxLumaPs) at level 6.2. Source: section A.4.1.
    private static final int MAX_SIDE_PIXELS = 16_888;

    private static final int HEADER_BYTES = 2;
    private static final int MAX_SUB_LAYERS = 7;
    private static final int MAX_SPS_ID = 15;
    private static final int CHROMA_4_4_4 = 3;
    private static final int MAX_BIT_DEPTH_MINUS_8 = 8;

    private final ByteString nalUnit;
    private final BitReader bits;

    HevcSpsReader(ByteString nalUnit) throws MalformedException {
        if (nalUnit.size() > HevcSps.MAX_BYTES) {
            throw new MalformedException("SPS of " + nalUnit.size() + " bytes, allowed are " + HevcSps.MAX_BYTES);
        }
        this.nalUnit = nalUnit;
        this.bits = new BitReader(EmulationPrevention.removedFrom(nalUnit));
    }

    HevcSps read() throws MalformedException {
        if (nalUnit.size() < HEADER_BYTES || !HevcNalUnitType.SEQUENCE_PARAMETER_SET.is(nalUnit.at(0))) {
            throw new MalformedException("NAL unit is no SPS");
        }
        bits.skip(8 * HEADER_BYTES);
        bits.skip(4); // sps_video_parameter_set_id
        int subLayersBelow = bits.bits(3); // sps_max_sub_layers_minus1
        if (subLayersBelow >= MAX_SUB_LAYERS) {
            throw new MalformedException("sps_max_sub_layers_minus1 is " + subLayersBelow);
        }
        boolean temporalIdNested = bits.flag();
        ProfileTierLevel profileTierLevel = ProfileTierLevel.read(bits, subLayersBelow);
        bits.ue(MAX_SPS_ID, "sps_seq_parameter_set_id");
        int chromaFormatIdc = bits.ue(CHROMA_4_4_4, "chroma_format_idc");
        if (chromaFormatIdc == CHROMA_4_4_4) {
            bits.flag(); // separate_colour_plane_flag
        }
        int codedWidth = bits.ue(MAX_SIDE_PIXELS, "pic_width_in_luma_samples");
        int codedHeight = bits.ue(MAX_SIDE_PIXELS, "pic_height_in_luma_samples");
        boolean cropped = bits.flag(); // conformance_window_flag
        int cropUnitX = chromaFormatIdc == 1 || chromaFormatIdc == 2 ? 2 : 1;
        int cropUnitY = chromaFormatIdc == 1 ? 2 : 1;
        int width = side("width", codedWidth, cropped, cropUnitX);
        int height = side("height", codedHeight, cropped, cropUnitY);
        int bitDepthLuma = 8 + bits.ue(MAX_BIT_DEPTH_MINUS_8, "bit_depth_luma_minus8");
        int bitDepthChroma = 8 + bits.ue(MAX_BIT_DEPTH_MINUS_8, "bit_depth_chroma_minus8");
        return new HevcSps(
                nalUnit,
                profileTierLevel,
                subLayersBelow + 1,
                temporalIdNested,
                chromaFormatIdc,
                bitDepthLuma,
                bitDepthChroma,
                width,
                height,
                framesPerSecond(subLayersBelow));
    }

    /// Takes one direction's two crop offsets off a side of the coded picture.
    private int side(String name, int codedPixels, boolean cropped, int cropUnit) throws MalformedException {
        int before = cropped ? bits.ue(codedPixels / cropUnit, "conf_win offset of " + name) : 0;
        int after = cropped ? bits.ue(codedPixels / cropUnit, "conf_win offset of " + name) : 0;
        int pixels = codedPixels - (before + after) * cropUnit;
        if (pixels < 1) {
            throw new MalformedException("nothing is left of the " + name);
        }
        return pixels;
    }

    /// The rate promised by the VUI. What is wrong between here and there promises none: pictures can be shown
    /// without it.
    private OptionalDouble framesPerSecond(int subLayersBelow) {
        try {
            new HevcCodingToolsReader(bits).skip(subLayersBelow);
            return bits.flag() ? HevcVuiReader.framesPerSecond(bits) : OptionalDouble.empty();
        } catch (MalformedException e) {
            return OptionalDouble.empty();
        }
    }
}
