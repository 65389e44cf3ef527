package io.lunarstream.rtmp.chunk;

import io.netty.buffer.ByteBuf;

/// Whole messages to the bytes of chunks.
///
/// Every message begins with a full header: a few bytes more than needed, and nothing to remember or to get wrong.
/// Source: RTMP 1.0, section 5.3.
public final class ChunkWriter {
    /// fmt 0 and fmt 3 in the two high bits of the basic header.
    private static final int FULL_CODE = 0b00 << 6;

    private static final int CONTINUATION_CODE = 0b11 << 6;

    private int chunkSize = ChunkReader.CHUNK_SIZE_INITIAL;

    /// Sets what our chunks carry from now on; the peer must have been told by a Set Chunk Size message just before.
    public void setChunkSize(int bytes) {
        if (bytes < ChunkReader.CHUNK_SIZE_MIN || bytes > ChunkReader.CHUNK_SIZE_MAX) {
            throw new IllegalArgumentException("chunk size out of range: " + bytes);
        }
        chunkSize = bytes;
    }

    /// Appends one message to `out`.
    ///
    /// @param chunkStreamId 2 to 63
    /// @param timestampMs milliseconds; the low 32 bits are sent
    /// @param payload what lies between its indexes, which stay where they are: several writers may share it
    public void write(
            MessageType type, int chunkStreamId, long timestampMs, int messageStreamId, ByteBuf payload, ByteBuf out) {
        long timestamp = timestampMs & 0xFFFF_FFFFL;
        boolean extended = timestamp >= ChunkHeader.TIMESTAMP_FIELD_MAX;
        int length = payload.readableBytes();
        out.writeByte(FULL_CODE | chunkStreamId);
        out.writeMedium(extended ? ChunkHeader.TIMESTAMP_FIELD_MAX : (int) timestamp);
        out.writeMedium(length);
        out.writeByte(type.id);
        out.writeIntLE(messageStreamId);
        for (int sent = 0; ; ) {
            if (extended) {
                out.writeInt((int) timestamp);
            }
            int chunk = Math.min(chunkSize, length - sent);
            out.writeBytes(payload, payload.readerIndex() + sent, chunk);
            sent += chunk;
            if (sent == length) {
                return;
            }
            out.writeByte(CONTINUATION_CODE | chunkStreamId);
        }
    }
}
