package io.lunarstream.media.hevc;

import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import java.util.OptionalDouble;

/// A sequence parameter set: how large the pictures are and what a decoder must be able to do.
///
/// Source: ITU-T H.265, sections 7.3.2.2.1 and E.2.1.
///
/// @param nalUnit the whole NAL unit as it came, header included
/// @param profileTierLevel what a decoder must be able to do
/// @param temporalLayers how many temporal sub-layers there may be, from 1 to 7
/// @param temporalIdNested `sps_temporal_id_nesting_flag`
/// @param chromaFormatIdc 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4
/// @param bitDepthLuma bits per luma sample
/// @param bitDepthChroma bits per chroma sample
/// @param width of the picture to show, in pixels: cropping is done
/// @param height of the picture to show, in pixels: cropping is done
/// @param framesPerSecond from the VUI's timing, if it is there; an encoder's promise, not a measurement
public record HevcSps(
        ByteString nalUnit,
        ProfileTierLevel profileTierLevel,
        int temporalLayers,
        boolean temporalIdNested,
        int chromaFormatIdc,
        int bitDepthLuma,
        int bitDepthChroma,
        int width,
        int height,
        OptionalDouble framesPerSecond) {

    /// Real ones have 30 to 100 bytes, with all scaling lists some 2 000.
    static final int MAX_BYTES = 4_096;

    /// Reads a NAL unit of type 33.
    public static HevcSps read(ByteString nalUnit) throws MalformedException {
        return new HevcSpsReader(nalUnit).read();
    }
}
