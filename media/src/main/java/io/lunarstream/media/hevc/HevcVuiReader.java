package io.lunarstream.media.hevc;

import io.lunarstream.media.bytes.BitReader;
import io.lunarstream.media.bytes.MalformedException;
import java.util.OptionalDouble;

/// Reads a VUI up to its timing. Source: ITU-T H.265, section E.2.1.
final class HevcVuiReader {
    private static final int EXTENDED_SAR = 255;

    /// Far above any picture rate in use; a higher one is an encoder's mistake, and no rate at all.
    private static final double MAX_FRAMES_PER_SECOND = 1_000;

    private HevcVuiReader() {}

    static OptionalDouble framesPerSecond(BitReader bits) throws MalformedException {
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
        bits.skip(3); // neutral_chroma_indication_flag, field_seq_flag, frame_field_info_present_flag
        if (bits.flag()) { // default_display_window_flag
            for (int i = 0; i < 4; i++) {
                bits.ue(Integer.MAX_VALUE, "def_disp_win offset");
            }
        }
        if (!bits.flag()) { // vui_timing_info_present_flag
            return OptionalDouble.empty();
        }
        double unitsInTick = bits.bits32();
        double rate = bits.bits32() / unitsInTick;
        return rate > 0 && rate <= MAX_FRAMES_PER_SECOND ? OptionalDouble.of(rate) : OptionalDouble.empty();
    }
}
