package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;

/// Several messages in one, to be taken apart by an [AggregateReader]. Source: RTMP 1.0, section 7.1.6.
///
/// @param payload a view, valid until the next call of the chunk reader
public record Aggregate(ByteBuf payload) implements Message {

    @Override
    public MessageType type() {
        return MessageType.AGGREGATE;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }
}
