package io.lunarstream.flv;

import io.lunarstream.flv.FlvException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.IntPredicate;

/// Brings length-prefixed NAL units into the one form that samples have: lengths of 4 bytes, none empty.
///
/// Payload that has this form already, as nearly all has, is passed on as it is; only other payload is copied.
final class NalUnitNormaliser {
    static final int LENGTH_BYTES = 4;

    /// A picture has at most some hundred slices. Longer lengths add up to 3 bytes for each of them, so this also
    /// bounds how much larger than its packet a copy can be.
    static final int MAX_NAL_UNITS = 2_048;

    private final ByteBuf copy = Unpooled.buffer(0);
    private final IntPredicate randomAccess;
    private boolean randomAccessSeen;

    /// @param randomAccess whether a NAL unit with this first byte belongs to a picture that a decoder can start at
    NalUnitNormaliser(IntPredicate randomAccess) {
        this.randomAccess = randomAccess;
    }

    /// Checks the NAL units in a payload and returns them in the one form, in a view that the next call overwrites.
    ByteBuf normalise(ByteBuf payload, int lengthBytes) throws FlvException {
        randomAccessSeen = false;
        int units = 0;
        int emptyUnits = 0;
        int position = payload.readerIndex();
        while (position < payload.writerIndex()) {
            int length = unitLength(payload, position, lengthBytes);
            position += lengthBytes;
            if (length == 0) {
                emptyUnits++;
            } else {
                units++;
                randomAccessSeen |= randomAccess.test(payload.getByte(position));
            }
            position += length;
        }
        if (units > MAX_NAL_UNITS) {
            throw new FlvException(Reason.TOO_LARGE, units + " NAL units in one picture");
        }
        return lengthBytes == LENGTH_BYTES && emptyUnits == 0 ? payload : copyUnits(payload, lengthBytes);
    }

    /// Whether the payload that was given last has a slice of a picture that a decoder can start at.
    boolean randomAccessSeen() {
        return randomAccessSeen;
    }

    private ByteBuf copyUnits(ByteBuf payload, int lengthBytes) throws FlvException {
        copy.clear();
        int position = payload.readerIndex();
        while (position < payload.writerIndex()) {
            int length = unitLength(payload, position, lengthBytes);
            position += lengthBytes;
            if (length > 0) {
                copy.writeInt(length);
                copy.writeBytes(payload, position, length);
            }
            position += length;
        }
        return copy;
    }

    private static int unitLength(ByteBuf payload, int position, int lengthBytes) throws FlvException {
        int left = payload.writerIndex() - position - lengthBytes;
        long length = left < 0 ? 0 : readLength(payload, position, lengthBytes);
        if (left < length) {
            throw new FlvException(
                    Reason.TRUNCATED,
                    "NAL unit of " + length + " bytes at " + position + ", where " + left + " are left");
        }
        return (int) length;
    }

    private static long readLength(ByteBuf payload, int position, int lengthBytes) {
        return switch (lengthBytes) {
            case 1 -> payload.getUnsignedByte(position);
            case 2 -> payload.getUnsignedShort(position);
            default -> payload.getUnsignedInt(position);
        };
    }
}
