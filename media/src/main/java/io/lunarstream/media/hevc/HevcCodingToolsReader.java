package io.lunarstream.media.hevc;

import io.lunarstream.media.bytes.BitReader;
import io.lunarstream.media.bytes.MalformedException;

/// Passes over what a sequence parameter set says about coding tools, from the picture order count up to its VUI.
///
/// Source: ITU-T H.265, sections 7.3.2.2.1, 7.3.4 and 7.3.7.
final class HevcCodingToolsReader {
    private static final int MAX_BLOCK_LOG2 = 6;
    private static final int MAX_PICTURES = 16;
    private static final int MAX_SHORT_TERM_SETS = 64;
    private static final int MAX_LONG_TERM_PICTURES = 32;
    private static final int MAX_PICTURE_DISTANCE = 1 << 15;
    private static final int SCALING_SIZES = 4;
    private static final int SCALING_MATRICES = 6;
    private static final int LARGEST_SCALING_SIZE = 3;
    private static final int MAX_COEFFICIENTS = 64;

    private final BitReader bits;

    HevcCodingToolsReader(BitReader bits) {
        this.bits = bits;
    }

    void skip(int subLayersBelow) throws MalformedException {
        int orderCountBits = 4 + bits.ue(12, "log2_max_pic_order_cnt_lsb_minus4");
        int orderingInfos = bits.flag() ? subLayersBelow + 1 : 1; // sps_sub_layer_ordering_info_present_flag
        for (int i = 0; i < orderingInfos; i++) {
            bits.ue(MAX_PICTURES, "sps_max_dec_pic_buffering_minus1");
            bits.ue(MAX_PICTURES, "sps_max_num_reorder_pics");
            bits.ue(Integer.MAX_VALUE, "sps_max_latency_increase_plus1");
        }
        for (int i = 0; i < 6; i++) {
            bits.ue(MAX_BLOCK_LOG2, "sizes of blocks and depths of trees");
        }
        boolean scaling = bits.flag(); // scaling_list_enabled_flag
        if (scaling && bits.flag()) { // sps_scaling_list_data_present_flag
            scalingLists();
        }
        bits.skip(2); // amp_enabled_flag, sample_adaptive_offset_enabled_flag
        if (bits.flag()) { // pcm_enabled_flag
            bits.skip(8); // pcm_sample_bit_depth_luma_minus1, …_chroma_minus1
            bits.ue(MAX_BLOCK_LOG2, "log2_min_pcm_luma_coding_block_size_minus3");
            bits.ue(MAX_BLOCK_LOG2, "log2_diff_max_min_pcm_luma_coding_block_size");
            bits.flag(); // pcm_loop_filter_disabled_flag
        }
        shortTermSets();
        if (bits.flag()) { // long_term_ref_pics_present_flag
            int pictures = bits.ue(MAX_LONG_TERM_PICTURES, "num_long_term_ref_pics_sps");
            bits.skip(pictures * (orderCountBits + 1));
        }
        bits.skip(2); // sps_temporal_mvp_enabled_flag, strong_intra_smoothing_enabled_flag
    }

    private void scalingLists() throws MalformedException {
        for (int size = 0; size < SCALING_SIZES; size++) {
            int step = size == LARGEST_SCALING_SIZE ? 3 : 1;
            for (int matrix = 0; matrix < SCALING_MATRICES; matrix += step) {
                if (!bits.flag()) { // scaling_list_pred_mode_flag
                    bits.ue(SCALING_MATRICES, "scaling_list_pred_matrix_id_delta");
                } else {
                    int coefficients = Math.min(MAX_COEFFICIENTS, 1 << (4 + (size << 1)));
                    for (int i = size > 1 ? -1 : 0; i < coefficients; i++) {
                        bits.se(); // scaling_list_dc_coef_minus8, scaling_list_delta_coef
                    }
                }
            }
        }
    }

    private void shortTermSets() throws MalformedException {
        int sets = bits.ue(MAX_SHORT_TERM_SETS, "num_short_term_ref_pic_sets");
        int pictures = 0;
        for (int set = 0; set < sets; set++) {
            boolean predicted = set > 0 && bits.flag(); // inter_ref_pic_set_prediction_flag
            pictures = predicted ? predictedSet(pictures) : plainSet();
        }
    }

    /// A set that is told by how it differs from the set before; returns how many pictures are in it.
    private int predictedSet(int picturesBefore) throws MalformedException {
        bits.flag(); // delta_rps_sign
        bits.ue(MAX_PICTURE_DISTANCE, "abs_delta_rps_minus1");
        int pictures = 0;
        for (int i = 0; i <= picturesBefore; i++) {
            boolean used = bits.flag(); // used_by_curr_pic_flag
            boolean kept = used || bits.flag(); // use_delta_flag
            pictures += kept ? 1 : 0;
        }
        return pictures;
    }

    private int plainSet() throws MalformedException {
        int pictures = bits.ue(MAX_PICTURES, "num_negative_pics") + bits.ue(MAX_PICTURES, "num_positive_pics");
        for (int i = 0; i < pictures; i++) {
            bits.ue(MAX_PICTURE_DISTANCE, "delta_poc_minus1");
            bits.flag(); // used_by_curr_pic_flag
        }
        return pictures;
    }
}
