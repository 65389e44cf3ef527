package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;

/// Says after how many bytes the sender expects an acknowledgement.
///
/// | 4 bytes |
/// |---------|
/// | bytes |
///
/// Source: RTMP 1.0, section 5.4.4.
///
/// @param bytes the window in bytes
public record WindowAcknowledgementSize(int bytes) implements Message {

    @Override
    public MessageType type() {
        return MessageType.WINDOW_ACKNOWLEDGEMENT_SIZE;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeInt(bytes);
    }

    static WindowAcknowledgementSize decode(ByteBuf payload) {
        Message.requireBytes(Integer.BYTES, MessageType.WINDOW_ACKNOWLEDGEMENT_SIZE, payload);
        return new WindowAcknowledgementSize(payload.readInt());
    }
}
