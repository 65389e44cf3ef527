package io.lunarstream.rtmp.chunk;

import io.netty.buffer.ByteBuf;

/// The header of one chunk as it stands in the bytes, read without moving past it.
///
/// ```
/// basic header (1 to 3 bytes)       message header (0, 3, 7 or 11 bytes)
/// +-----+--------+----------------+-----------+--------+------+-----------+--------------------+
/// | fmt | csid   | csid - 64      | timestamp | length | type | stream id | extended timestamp |
/// | 2 b | 6 bits | 0, 1 or 2 B LE | 3 B       | 3 B    | 1 B  | 4 B LE    | 4 B if field is max |
/// +-----+--------+----------------+-----------+--------+------+-----------+--------------------+
/// ```
///
/// One object is used for all chunks of a connection. Source: RTMP 1.0, section 5.3.1.
final class ChunkHeader {
    /// The longest header: three bytes of basic header, a full message header, an extended timestamp.
    static final int BYTES_MAX = 3 + ChunkFormat.FULL.headerBytes + ChunkHeader.EXTENDED_TIMESTAMP_BYTES;

    static final int EXTENDED_TIMESTAMP_BYTES = 4;
    /// In the timestamp field it says that the extended timestamp follows.
    static final int TIMESTAMP_FIELD_MAX = 0xFF_FFFF;
    /// Ids below are escapes for the longer basic headers.
    private static final int FIRST_LONG_ID = 64;

    ChunkFormat format = ChunkFormat.CONTINUATION;
    int chunkStreamId;
    /// Timestamp or delta, whichever the format says; taken from the extended timestamp if there is one.
    long timestampField;
    boolean extended;
    int lengthBytes;
    int typeId;
    int messageStreamId;
    /// Bytes of the whole header.
    int bytes;

    /// Reads the header at the reader index, which stays where it is. False if the header is not all there.
    boolean parse(ByteBuf in) {
        if (!in.isReadable()) {
            return false;
        }
        int start = in.readerIndex();
        int first = in.getUnsignedByte(start);
        format = ChunkFormat.of(first);
        int basicBytes = basicHeaderBytes(first);
        bytes = basicBytes + format.headerBytes;
        if (in.readableBytes() < bytes) {
            return false;
        }
        chunkStreamId = chunkStreamId(in, start, basicBytes);
        parseMessageHeader(in, start + basicBytes);
        return !extended || parseExtendedTimestamp(in, start);
    }

    private void parseMessageHeader(ByteBuf in, int at) {
        extended = false;
        if (format.headerBytes >= ChunkFormat.SAME_LENGTH.headerBytes) {
            timestampField = in.getUnsignedMedium(at);
            extended = timestampField == TIMESTAMP_FIELD_MAX;
        }
        if (format.headerBytes >= ChunkFormat.SAME_STREAM.headerBytes) {
            lengthBytes = in.getUnsignedMedium(at + 3);
            typeId = in.getUnsignedByte(at + 6);
        }
        if (format == ChunkFormat.FULL) {
            messageStreamId = in.getIntLE(at + 7);
        }
    }

    private boolean parseExtendedTimestamp(ByteBuf in, int start) {
        int at = start + bytes;
        bytes += EXTENDED_TIMESTAMP_BYTES;
        if (in.readableBytes() < bytes) {
            return false;
        }
        timestampField = in.getUnsignedInt(at);
        return true;
    }

    private static int basicHeaderBytes(int first) {
        return switch (first & 0x3F) {
            case 0 -> 2;
            case 1 -> 3;
            default -> 1;
        };
    }

    private static int chunkStreamId(ByteBuf in, int start, int basicBytes) {
        return switch (basicBytes) {
            case 1 -> in.getUnsignedByte(start) & 0x3F;
            case 2 -> FIRST_LONG_ID + in.getUnsignedByte(start + 1);
            default -> FIRST_LONG_ID + in.getUnsignedShortLE(start + 1);
        };
    }
}
