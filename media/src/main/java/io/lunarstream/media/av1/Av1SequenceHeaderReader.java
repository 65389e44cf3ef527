package io.lunarstream.media.av1;

import io.lunarstream.media.bytes.BitReader;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import java.util.OptionalDouble;

/// Reads one sequence header, field after field in the order of the AV1 Bitstream Specification, section 5.5.1.
///
/// What we do not use is read all the same, because the fields behind it have no fixed place.
final class Av1SequenceHeaderReader {
    private static final int PROFESSIONAL = 2;
    private static final int LEVELS_WITHOUT_TIER = 7;
    private static final int SRGB_PRIMARIES = 1;
    private static final int SRGB_TRANSFER = 13;
    private static final int IDENTITY_MATRIX = 0;

    /// The longest side in level 6.2. Source: AV1 Bitstream Specification, annex A.3.
    private static final int MAX_SIDE_PIXELS = 16_384;

    /// Far above any picture rate in use; a higher one is an encoder's mistake, and no rate at all.
    private static final double MAX_FRAMES_PER_SECOND = 1_000;

    private final ByteString payload;
    private final BitReader bits;

    private OptionalDouble framesPerSecond = OptionalDouble.empty();
    private int decoderModelBits;
    private int levelIdx;
    private boolean highTier;
    private int bitDepth;
    private boolean monochrome;
    private boolean subsamplingX = true;
    private boolean subsamplingY = true;
    private int chromaSamplePosition;

    Av1SequenceHeaderReader(ByteString payload) throws MalformedException {
        if (payload.size() > Av1SequenceHeader.MAX_BYTES) {
            throw new MalformedException("sequence header of " + payload.size() + " bytes");
        }
        this.payload = payload;
        this.bits = new BitReader(payload);
    }

    Av1SequenceHeader read() throws MalformedException {
        int profile = bits.bits(3);
        if (profile > PROFESSIONAL) {
            throw new MalformedException("seq_profile is " + profile);
        }
        if (bits.flag()) { // still_picture
            throw new MalformedException("still_picture is set");
        }
        if (bits.flag()) { // reduced_still_picture_header
            throw new MalformedException("reduced_still_picture_header is set");
        }
        timing();
        operatingPoints();
        int widthBits = bits.bits(4) + 1;
        int heightBits = bits.bits(4) + 1;
        int width = side(bits.bits(widthBits) + 1);
        int height = side(bits.bits(heightBits) + 1);
        if (bits.flag()) { // frame_id_numbers_present_flag
            bits.skip(4 + 3); // delta_frame_id_length_minus_2, additional_frame_id_length_minus_1
        }
        codingTools();
        colourConfig(profile);
        return new Av1SequenceHeader(
                payload,
                profile,
                levelIdx,
                highTier,
                bitDepth,
                monochrome,
                subsamplingX,
                subsamplingY,
                chromaSamplePosition,
                width,
                height,
                framesPerSecond);
    }

    private static int side(int pixels) throws MalformedException {
        if (pixels > MAX_SIDE_PIXELS) {
            throw new MalformedException("a side of " + pixels + " pixels");
        }
        return pixels;
    }

    /// `timing_info` and `decoder_model_info`. Source: sections 5.5.3 and 5.5.4.
    private void timing() throws MalformedException {
        if (!bits.flag()) { // timing_info_present_flag
            return;
        }
        double unitsInTick = bits.bits32();
        double timeScale = bits.bits32();
        if (bits.flag()) { // equal_picture_interval
            double ticks = 1.0 + bits.ue(Integer.MAX_VALUE, "num_ticks_per_picture_minus_1");
            double rate = timeScale / (unitsInTick * ticks);
            framesPerSecond =
                    rate > 0 && rate <= MAX_FRAMES_PER_SECOND ? OptionalDouble.of(rate) : OptionalDouble.empty();
        }
        if (bits.flag()) { // decoder_model_info_present_flag
            decoderModelBits = bits.bits(5) + 1; // buffer_delay_length_minus_1
            bits.skip(32 + 5 + 5); // num_units_in_decoding_tick, lengths of times
        }
    }

    private void operatingPoints() throws MalformedException {
        boolean displayDelay = bits.flag(); // initial_display_delay_present_flag
        int count = bits.bits(5) + 1;
        for (int i = 0; i < count; i++) {
            bits.skip(12); // operating_point_idc
            int level = bits.bits(5);
            boolean tier = level > LEVELS_WITHOUT_TIER && bits.flag();
            if (decoderModelBits > 0 && bits.flag()) { // decoder_model_present_for_this_op
                bits.skip(2 * decoderModelBits + 1);
            }
            if (displayDelay && bits.flag()) { // initial_display_delay_present_for_this_op
                bits.skip(4);
            }
            if (i == 0) {
                levelIdx = level;
                highTier = tier;
            }
        }
    }

    private void codingTools() throws MalformedException {
        bits.skip(3 + 4); // superblocks, intra filters; compound modes, warped motion, dual filter
        boolean orderHint = bits.flag(); // enable_order_hint
        if (orderHint) {
            bits.skip(2); // enable_jnt_comp, enable_ref_frame_mvs
        }
        boolean chooseScreenContent = bits.flag(); // seq_choose_screen_content_tools
        boolean screenContent = chooseScreenContent || bits.flag(); // seq_force_screen_content_tools
        if (screenContent && !bits.flag()) { // seq_choose_integer_mv
            bits.skip(1); // seq_force_integer_mv
        }
        if (orderHint) {
            bits.skip(3); // order_hint_bits_minus_1
        }
        bits.skip(3); // enable_superres, enable_cdef, enable_restoration
    }

    /// `color_config`. Source: section 5.5.2.
    private void colourConfig(int profile) throws MalformedException {
        boolean highBitDepth = bits.flag();
        boolean twelveBits = profile == PROFESSIONAL && highBitDepth && bits.flag();
        bitDepth = highBitDepth ? (twelveBits ? 12 : 10) : 8;
        monochrome = profile != 1 && bits.flag();
        boolean described = bits.flag(); // color_description_present_flag
        int primaries = described ? bits.bits(8) : 2;
        int transfer = described ? bits.bits(8) : 2;
        int matrix = described ? bits.bits(8) : 2;
        if (monochrome) {
            bits.skip(1); // color_range
            return;
        }
        if (primaries == SRGB_PRIMARIES && transfer == SRGB_TRANSFER && matrix == IDENTITY_MATRIX) {
            subsamplingX = false;
            subsamplingY = false;
            return;
        }
        bits.skip(1); // color_range
        subsampling(profile);
        if (subsamplingX && subsamplingY) {
            chromaSamplePosition = bits.bits(2);
        }
    }

    private void subsampling(int profile) throws MalformedException {
        if (profile == PROFESSIONAL && bitDepth == 12) {
            subsamplingX = bits.flag();
            subsamplingY = subsamplingX && bits.flag();
        } else {
            subsamplingX = profile != 1;
            subsamplingY = profile == 0;
        }
    }
}
