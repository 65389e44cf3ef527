package io.lunarstream.media.vp9;

import io.lunarstream.media.bytes.BitReader;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// The beginning of a key frame: how large the picture is.
///
/// ```
/// frame_marker 2 | profile 2 (low bit first) | 0, if the profile is 3 | show_existing_frame 1
/// frame_type 1 (0: key) | show_frame 1 | error_resilient_mode 1 | sync code 24
/// color_config | frame_width_minus_1 16 | frame_height_minus_1 16
/// ```
///
/// Source: VP9 Bitstream Specification, sections 6.2 and 7.2.
///
/// @param width of the picture in pixels
/// @param height of the picture in pixels
public record Vp9FrameHeader(int width, int height) {
    private static final int FRAME_MARKER = 2;
    private static final int SYNC_CODE = 0x498342;
    private static final int RGB = 7;

    /// The longest side in level 6.2. Source: VP9 Bitstream Specification, annex A.
    private static final int MAX_SIDE_PIXELS = 16_384;

    /// Enough for all fields up to the size.
    private static final int MAX_BYTES = 12;

    /// Whether a frame is a key frame, and neither another one nor a repetition.
    public static boolean isKeyFrame(ByteBuf frame) {
        int first = frame.getUnsignedByte(frame.readerIndex());
        boolean profile3 = (first & 0b0011_0000) == 0b0011_0000;
        int flags = profile3 ? first >>> 1 : first >>> 2;
        return (flags & 0b11) == 0; // show_existing_frame, frame_type
    }

    /// Reads the beginning of a frame; empty if it is no key frame.
    public static Optional<Vp9FrameHeader> read(ByteBuf frame) throws MalformedException {
        int bytes = Math.min(frame.readableBytes(), MAX_BYTES);
        BitReader bits = new BitReader(ByteString.copyOf(frame, frame.readerIndex(), bytes));
        if (bits.bits(2) != FRAME_MARKER) {
            throw new MalformedException("frame_marker is wrong");
        }
        int profile = bits.bits(1) | (bits.bits(1) << 1);
        if (profile == 3) {
            bits.skip(1); // reserved_zero
        }
        if (bits.bits(2) != 0) { // show_existing_frame, frame_type
            return Optional.empty();
        }
        bits.skip(2); // show_frame, error_resilient_mode
        if (bits.bits(24) != SYNC_CODE) {
            throw new MalformedException("frame_sync_code is wrong");
        }
        skipColourConfig(bits, profile);
        return Optional.of(new Vp9FrameHeader(side(bits.bits(16) + 1), side(bits.bits(16) + 1)));
    }

    private static int side(int pixels) throws MalformedException {
        if (pixels > MAX_SIDE_PIXELS) {
            throw new MalformedException("a side of " + pixels + " pixels");
        }
        return pixels;
    }

    private static void skipColourConfig(BitReader bits, int profile) throws MalformedException {
        if (profile >= 2) {
            bits.skip(1); // ten_or_twelve_bit
        }
        boolean rgb = bits.bits(3) == RGB; // color_space
        boolean subsamplingSaid = profile == 1 || profile == 3;
        if (!rgb) {
            bits.skip(1); // color_range
            bits.skip(subsamplingSaid ? 3 : 0); // subsampling_x, subsampling_y, reserved_zero
        } else if (subsamplingSaid) {
            bits.skip(1); // reserved_zero
        } else {
            throw new MalformedException("RGB in profile " + profile);
        }
    }
}
