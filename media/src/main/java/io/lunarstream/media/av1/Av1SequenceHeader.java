package io.lunarstream.media.av1;

import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import java.util.OptionalDouble;

/// A sequence header: how large the pictures are and what a decoder must be able to do.
///
/// Source: AV1 Bitstream Specification, sections 5.5 and 6.4.
///
/// @param payload the OBU's content, without its header
/// @param profile `seq_profile`: 0 Main, 1 High, 2 Professional
/// @param levelIdx `seq_level_idx` of the first operating point: 4 for 3.0
/// @param highTier `seq_tier` of the first operating point
/// @param bitDepth 8, 10 or 12
/// @param monochrome whether there is no colour
/// @param subsamplingX whether chroma has half the width
/// @param subsamplingY whether chroma has half the height
/// @param chromaSamplePosition `chroma_sample_position`, 0 if it is not said
/// @param width of the largest picture in pixels
/// @param height of the largest picture in pixels
/// @param framesPerSecond if pictures are equally spaced and it is said how; an encoder's promise
public record Av1SequenceHeader(
        ByteString payload,
        int profile,
        int levelIdx,
        boolean highTier,
        int bitDepth,
        boolean monochrome,
        boolean subsamplingX,
        boolean subsamplingY,
        int chromaSamplePosition,
        int width,
        int height,
        OptionalDouble framesPerSecond) {

    /// Real ones have some 11 bytes, with all 32 operating points some 200.
    static final int MAX_BYTES = 512;

    /// Reads the content of an OBU of type 1.
    public static Av1SequenceHeader read(ByteString payload) throws MalformedException {
        return new Av1SequenceHeaderReader(payload).read();
    }
}
