package io.lunarstream.media.flac;

import io.netty.buffer.ByteBuf;

/// How long a FLAC frame lasts, by its header.
///
/// ```
/// sync 15 (111111111111100) | blocking strategy 1 | block size 4 | sample rate 4 | channels 4 | sample size 3 | 0
/// frame or sample number, in 1 to 7 bytes like UTF-8 | block size less 1, in 8 or 16 bits, if it is 6 or 7 above
/// ```
///
/// Source: RFC 9639, section 9.1.
public final class FlacFrame {
    private static final int HEADER_BYTES = 4;
    private static final int SYNC_MASK = 0xFFFE;
    private static final int SYNC = 0xFFF8;
    private static final int BLOCK_SIZE_IN_8_BITS = 6;
    private static final int BLOCK_SIZE_IN_16_BITS = 7;

    private FlacFrame() {}

    /// Samples per channel; 0 if the frame is broken.
    public static int samples(ByteBuf frame) {
        int index = frame.readerIndex();
        if (frame.readableBytes() <= HEADER_BYTES || (frame.getUnsignedShort(index) & SYNC_MASK) != SYNC) {
            return 0;
        }
        int code = frame.getUnsignedByte(index + 2) >>> 4;
        int behindNumber = HEADER_BYTES + numberBytes(frame.getByte(index + HEADER_BYTES));
        return switch (code) {
            case 0 -> 0;
            case 1 -> 192;
            case 2, 3, 4, 5 -> 576 << (code - 2);
            case BLOCK_SIZE_IN_8_BITS ->
                frame.readableBytes() < behindNumber + 1 ? 0 : 1 + frame.getUnsignedByte(index + behindNumber);
            case BLOCK_SIZE_IN_16_BITS ->
                frame.readableBytes() < behindNumber + 2 ? 0 : 1 + frame.getUnsignedShort(index + behindNumber);
            default -> 256 << (code - 8);
        };
    }

    /// As many bytes as the first one has leading ones, but one if it has none.
    private static int numberBytes(int firstByte) {
        return Math.max(1, Integer.numberOfLeadingZeros(~(firstByte << 24)));
    }
}
