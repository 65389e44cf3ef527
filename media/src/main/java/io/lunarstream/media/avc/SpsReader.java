package io.lunarstream.media.avc;

import io.lunarstream.media.bytes.BitReader;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.EmulationPrevention;
import io.lunarstream.media.bytes.MalformedException;
import java.util.OptionalDouble;

/// Reads one sequence parameter set, field after field in the order of ITU-T H.264, section 7.3.2.1.1.
///
/// What we do not use is read all the same, because the fields behind it have no fixed place.
final class SpsReader {
    /// The largest side of a picture in macroblocks: sqrt(8 * MaxFS) at level 6.2. Source: section A.3.1.
    private static final int MAX_SIDE_MACROBLOCKS = 1_055;

    /// Far above any picture rate in use; a higher one is an encoder's mistake, and no rate at all.
    private static final double MAX_FRAMES_PER_SECOND = 1_000;

    private static final int MACROBLOCK_PIXELS = 16;
    private static final int CHROMA_4_4_4 = 3;
    private static final int MAX_SPS_ID = 31;
    private static final int MAX_REF_FRAMES = 16;
    private static final int EXTENDED_SAR = 255;

    private final ByteString nalUnit;
    private final BitReader bits;

    private int chromaFormatIdc = 1;
    private int chromaArrayType = 1;
    private int bitDepthLuma = 8;
    private int bitDepthChroma = 8;

    SpsReader(ByteString nalUnit) throws MalformedException {
        if (nalUnit.size() > Sps.MAX_BYTES) {
            throw new MalformedException("SPS of " + nalUnit.size() + " bytes, allowed are " + Sps.MAX_BYTES);
        }
        this.nalUnit = nalUnit;
        this.bits = new BitReader(EmulationPrevention.removedFrom(nalUnit));
    }

    Sps read() throws MalformedException {
        if (NalUnitType.of(bits.bits(8)) != NalUnitType.SEQUENCE_PARAMETER_SET) {
            throw new MalformedException("NAL unit is no SPS");
        }
        int profileIdc = bits.bits(8);
        int constraintFlags = bits.bits(8);
        int levelIdc = bits.bits(8);
        bits.ue(MAX_SPS_ID, "seq_parameter_set_id");
        if (hasChromaFields(profileIdc)) {
            chromaFields();
        }
        bits.ue(12, "log2_max_frame_num_minus4");
        pictureOrderCount();
        bits.ue(MAX_REF_FRAMES, "max_num_ref_frames");
        bits.flag(); // gaps_in_frame_num_value_allowed_flag
        int widthMbs = bits.ue(MAX_SIDE_MACROBLOCKS - 1, "pic_width_in_mbs_minus1") + 1;
        int heightMapUnits = bits.ue(MAX_SIDE_MACROBLOCKS - 1, "pic_height_in_map_units_minus1") + 1;
        boolean framesOnly = bits.flag(); // frame_mbs_only_flag
        if (!framesOnly) {
            bits.flag(); // mb_adaptive_frame_field_flag
        }
        bits.flag(); // direct_8x8_inference_flag
        int fieldsPerFrame = framesOnly ? 1 : 2;
        int cropUnitX = chromaArrayType == 1 || chromaArrayType == 2 ? 2 : 1;
        int cropUnitY = (chromaArrayType == 1 ? 2 : 1) * fieldsPerFrame;
        boolean cropped = bits.flag();
        int width = side("width", widthMbs * MACROBLOCK_PIXELS, cropped, cropUnitX);
        int height = side("height", heightMapUnits * fieldsPerFrame * MACROBLOCK_PIXELS, cropped, cropUnitY);
        return new Sps(
                nalUnit,
                profileIdc,
                constraintFlags,
                levelIdc,
                chromaFormatIdc,
                bitDepthLuma,
                bitDepthChroma,
                width,
                height,
                framesPerSecond());
    }

    private static boolean hasChromaFields(int profileIdc) {
        return switch (profileIdc) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private void chromaFields() throws MalformedException {
        chromaFormatIdc = bits.ue(CHROMA_4_4_4, "chroma_format_idc");
        boolean separateColourPlanes = chromaFormatIdc == CHROMA_4_4_4 && bits.flag();
        chromaArrayType = separateColourPlanes ? 0 : chromaFormatIdc;
        bitDepthLuma = 8 + bits.ue(6, "bit_depth_luma_minus8");
        bitDepthChroma = 8 + bits.ue(6, "bit_depth_chroma_minus8");
        bits.flag(); // qpprime_y_zero_transform_bypass_flag
        if (bits.flag()) { // seq_scaling_matrix_present_flag
            int lists = chromaFormatIdc == CHROMA_4_4_4 ? 12 : 8;
            for (int i = 0; i < lists; i++) {
                if (bits.flag()) {
                    scalingList(i < 6 ? 16 : 64);
                }
            }
        }
    }

    private void scalingList(int size) throws MalformedException {
        int last = 8;
        for (int i = 0; i < size; i++) {
            int next = (last + bits.se()) & 0xFF;
            if (next == 0) {
                return; // the rest repeats the last value, without bits
            }
            last = next;
        }
    }

    private void pictureOrderCount() throws MalformedException {
        int type = bits.ue(2, "pic_order_cnt_type");
        if (type == 0) {
            bits.ue(12, "log2_max_pic_order_cnt_lsb_minus4");
        } else if (type == 1) {
            bits.flag(); // delta_pic_order_always_zero_flag
            bits.se(); // offset_for_non_ref_pic
            bits.se(); // offset_for_top_to_bottom_field
            int cycle = bits.ue(255, "num_ref_frames_in_pic_order_cnt_cycle");
            for (int i = 0; i < cycle; i++) {
                bits.se(); // offset_for_ref_frame
            }
        }
    }

    /// Takes one direction's two crop offsets off a side of the coded picture.
    private int side(String name, int codedPixels, boolean cropped, int cropUnit) throws MalformedException {
        if (!cropped) {
            return codedPixels;
        }
        int before = bits.ue(codedPixels / cropUnit, "frame_crop offset of " + name);
        int after = bits.ue(codedPixels / cropUnit, "frame_crop offset of " + name);
        int pixels = codedPixels - (before + after) * cropUnit;
        if (pixels < 1) {
            throw new MalformedException("cropping leaves nothing of the " + name);
        }
        return pixels;
    }

    /// The rate promised by the VUI. A VUI that ends too early promises none: some encoders cut it, and pictures are
    /// decoded without it.
    private OptionalDouble framesPerSecond() {
        try {
            return bits.flag() ? vuiFramesPerSecond() : OptionalDouble.empty();
        } catch (MalformedException e) {
            return OptionalDouble.empty();
        }
    }

    /// The VUI up to its timing. Source: section E.1.1.
    private OptionalDouble vuiFramesPerSecond() throws MalformedException {
        if (bits.flag() && bits.bits(8) == EXTENDED_SAR) { // aspect_ratio_info_present_flag, aspect_ratio_idc
            bits.skip(32); // sar_width, sar_height
        }
        if (bits.flag()) { // overscan_info_present_flag
            bits.skip(1);
        }
        if (bits.flag()) { // video_signal_type_present_flag
            bits.skip(4); // video_format, video_full_range_flag
            if (bits.flag()) { // colour_description_present_flag
                bits.skip(24);
            }
        }
        if (bits.flag()) { // chroma_loc_info_present_flag
            bits.ue(5, "chroma_sample_loc_type_top_field");
            bits.ue(5, "chroma_sample_loc_type_bottom_field");
        }
        if (!bits.flag()) { // timing_info_present_flag
            return OptionalDouble.empty();
        }
        double unitsInTick = bits.bits32();
        double rate = bits.bits32() / (2 * unitsInTick);
        return rate > 0 && rate <= MAX_FRAMES_PER_SECOND ? OptionalDouble.of(rate) : OptionalDouble.empty();
    }
}
