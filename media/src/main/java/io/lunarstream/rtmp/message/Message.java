package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;

/// One RTMP message, decoded. Source: RTMP 1.0, sections 5.4 and 7.1.
public sealed interface Message
        permits SetChunkSize,
                Abort,
                Acknowledgement,
                UserControl,
                WindowAcknowledgementSize,
                SetPeerBandwidth,
                Command,
                Data,
                Audio,
                Video,
                Aggregate {

    /// The type under which this message is sent.
    MessageType type();

    /// Appends the payload to `out`.
    void encode(ByteBuf out);

    /// Checks that a payload has the bytes that its type must have.
    static void requireBytes(int bytes, MessageType type, ByteBuf payload) {
        if (payload.readableBytes() < bytes) {
            throw new RtmpException(
                    Reason.BAD_MESSAGE, "a message of type %s with %d bytes".formatted(type, payload.readableBytes()));
        }
    }
}
