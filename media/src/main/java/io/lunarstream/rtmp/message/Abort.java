package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;

/// Says that the sender gives up the message it has begun on a chunk stream.
///
/// | 4 bytes |
/// |---------|
/// | chunkStreamId |
///
/// Source: RTMP 1.0, section 5.4.2.
///
/// @param chunkStreamId the chunk stream whose partial message is to be dropped
public record Abort(int chunkStreamId) implements Message {

    @Override
    public MessageType type() {
        return MessageType.ABORT;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeInt(chunkStreamId);
    }

    static Abort decode(ByteBuf payload) {
        Message.requireBytes(Integer.BYTES, MessageType.ABORT, payload);
        return new Abort(payload.readInt());
    }
}
