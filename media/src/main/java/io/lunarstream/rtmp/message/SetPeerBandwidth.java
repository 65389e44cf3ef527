package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;

/// Limits how many bytes the peer may send without an acknowledgement.
///
/// | 4 bytes     | 1 byte    |
/// |-------------|-----------|
/// | windowBytes | limitType |
///
/// Source: RTMP 1.0, section 5.4.5.
///
/// @param windowBytes the window in bytes
/// @param limitType 0 hard, 1 soft, 2 dynamic
public record SetPeerBandwidth(int windowBytes, int limitType) implements Message {
    /// "Treat as hard if the limit before was hard": what every server sends.
    public static final int DYNAMIC = 2;

    @Override
    public MessageType type() {
        return MessageType.SET_PEER_BANDWIDTH;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeInt(windowBytes).writeByte(limitType);
    }

    static SetPeerBandwidth decode(ByteBuf payload) {
        Message.requireBytes(Integer.BYTES + 1, MessageType.SET_PEER_BANDWIDTH, payload);
        return new SetPeerBandwidth(payload.readInt(), payload.readUnsignedByte());
    }
}
