package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;

/// Says what the sender's chunks carry from now on.
///
/// | 4 bytes |
/// |---------|
/// | bytes |
///
/// Source: RTMP 1.0, section 5.4.1.
///
/// @param bytes payload bytes of a chunk; the top bit is 0 in a well-formed message
public record SetChunkSize(int bytes) implements Message {

    @Override
    public MessageType type() {
        return MessageType.SET_CHUNK_SIZE;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeInt(bytes);
    }

    static SetChunkSize decode(ByteBuf payload) {
        Message.requireBytes(Integer.BYTES, MessageType.SET_CHUNK_SIZE, payload);
        return new SetChunkSize(payload.readInt());
    }
}
