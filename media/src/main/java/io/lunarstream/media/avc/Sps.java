package io.lunarstream.media.avc;

import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import java.util.OptionalDouble;

/// A sequence parameter set: how large the pictures are and what a decoder must be able to do.
///
/// Source: ITU-T H.264, sections 7.3.2.1.1 and E.1.1.
///
/// @param nalUnit the whole NAL unit as it came, first byte included
/// @param profileIdc `profile_idc`, such as 100 for High
/// @param constraintFlags `constraint_set0_flag` to `constraint_set5_flag` and two zero bits, as one byte
/// @param levelIdc ten times the level: 31 for 3.1
/// @param chromaFormatIdc 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4
/// @param bitDepthLuma bits per luma sample
/// @param bitDepthChroma bits per chroma sample
/// @param width of the picture to show, in pixels: cropping is done
/// @param height of the picture to show, in pixels: cropping is done
/// @param framesPerSecond from the VUI's timing, if it is there; an encoder's promise, not a measurement
public record Sps(
        ByteString nalUnit,
        int profileIdc,
        int constraintFlags,
        int levelIdc,
        int chromaFormatIdc,
        int bitDepthLuma,
        int bitDepthChroma,
        int width,
        int height,
        OptionalDouble framesPerSecond) {

    /// Real ones have 10 to 100 bytes, with all twelve scaling lists some 800.
    static final int MAX_BYTES = 1_024;

    /// Reads a NAL unit of type 7.
    public static Sps read(ByteString nalUnit) throws MalformedException {
        return new SpsReader(nalUnit).read();
    }
}
