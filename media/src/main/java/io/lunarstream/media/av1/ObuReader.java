package io.lunarstream.media.av1;

import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;

/// Walks over the open bitstream units (OBUs) of a buffer.
///
/// ```
/// 0 | obu_type 4 | extension_flag 1 | has_size_field 1 | 0 | extension 8, if there | obu_size, if there | payload
/// obu_size: 7 bits in each of up to 8 bytes, the lowest first, the high bit set in all but the last
/// ```
///
/// One without a size goes on to the end. Reused, because it walks over every frame. Source: AV1 Bitstream
/// Specification, sections 5.3.2 and 4.10.5.
final class ObuReader {
    private static final int EXTENSION_FLAG = 0b100;
    private static final int HAS_SIZE_FLAG = 0b10;
    private static final int MAX_SIZE_BYTES = 8;

    private ByteBuf in;
    private int position;
    private int start;
    private int payloadStart;
    private int end;

    ObuReader(ByteBuf in) {
        this.in = in;
        reset(in);
    }

    /// Begins with another buffer, whose indexes stay as they are.
    void reset(ByteBuf buffer) {
        in = buffer;
        position = buffer.readerIndex();
        start = position;
        payloadStart = position;
        end = position;
    }

    /// Goes to the next OBU; false if there is none.
    boolean next() throws MalformedException {
        if (position >= in.writerIndex()) {
            return false;
        }
        start = position;
        int header = nextByte();
        if ((header & EXTENSION_FLAG) != 0) {
            nextByte();
        }
        long left = (header & HAS_SIZE_FLAG) == 0 ? in.writerIndex() - position : readSize();
        if (left > in.writerIndex() - position) {
            throw new MalformedException("OBU of " + left + " bytes, where " + (in.writerIndex() - position) + " are");
        }
        payloadStart = position;
        position += (int) left;
        end = position;
        return true;
    }

    ObuType type() {
        return ObuType.of(in.getByte(start));
    }

    /// Index of the OBU's first byte.
    int start() {
        return start;
    }

    /// Index of the payload's first byte.
    int payloadStart() {
        return payloadStart;
    }

    /// Index behind the OBU's last byte.
    int end() {
        return end;
    }

    private long readSize() throws MalformedException {
        long size = 0;
        for (int i = 0; i < MAX_SIZE_BYTES; i++) {
            int value = nextByte();
            size |= (value & 0x7FL) << (7 * i);
            if ((value & 0x80) == 0) {
                return size;
            }
        }
        throw new MalformedException("obu_size of more than " + MAX_SIZE_BYTES + " bytes");
    }

    private int nextByte() throws MalformedException {
        if (position >= in.writerIndex()) {
            throw new MalformedException("OBU header is cut off");
        }
        return in.getUnsignedByte(position++);
    }
}
