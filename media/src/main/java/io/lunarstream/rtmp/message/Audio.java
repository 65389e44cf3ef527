package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;

/// Audio data: the body of an FLV audio tag. Source: RTMP 1.0, section 7.1.4.
///
/// @param payload a view, valid until the next call of the reader; it may be empty
public record Audio(ByteBuf payload) implements Message {

    @Override
    public MessageType type() {
        return MessageType.AUDIO;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }
}
