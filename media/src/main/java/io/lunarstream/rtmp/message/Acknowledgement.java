package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;

/// Says how many bytes the sender has received.
///
/// | 4 bytes |
/// |---------|
/// | sequenceNumber |
///
/// Source: RTMP 1.0, section 5.4.3.
///
/// @param sequenceNumber bytes received so far, the low 32 bits
public record Acknowledgement(int sequenceNumber) implements Message {

    @Override
    public MessageType type() {
        return MessageType.ACKNOWLEDGEMENT;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeInt(sequenceNumber);
    }

    static Acknowledgement decode(ByteBuf payload) {
        Message.requireBytes(Integer.BYTES, MessageType.ACKNOWLEDGEMENT, payload);
        return new Acknowledgement(payload.readInt());
    }
}
