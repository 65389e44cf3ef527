package io.lunarstream.rtmp.chunk;

import io.netty.buffer.ByteBuf;

/// What one call of the chunk reader found in the bytes it was given.
public sealed interface ChunkResult {

    /// No message is complete; all bytes were taken: feed more.
    record NeedMoreBytes() implements ChunkResult {}

    /// One whole message, reassembled from its chunks.
    ///
    /// @param type what the message is
    /// @param timestampMs milliseconds, 0 to 2^32 - 1, wrapping
    /// @param messageStreamId 0 for control messages, else as `createStream` gave it
    /// @param payload a view, valid until the next call of the reader; whoever needs it longer copies it
    record MessageRead(MessageType type, long timestampMs, int messageStreamId, ByteBuf payload)
            implements ChunkResult {}
}
