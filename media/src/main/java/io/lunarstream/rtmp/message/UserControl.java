package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;

/// A user control message: an event about a stream or the connection.
///
/// | 2 bytes  | 4 bytes |
/// |----------|---------|
/// | event id | data    |
///
/// Source: RTMP 1.0, sections 6.2 and 7.1.7.
///
/// @param event what happened
/// @param data the message stream id, or the time of a ping in milliseconds; 0 for an unknown event
public record UserControl(Event event, int data) implements Message {

    /// The events that mean something to a publisher or its server.
    public enum Event {
        STREAM_BEGIN(0),
        STREAM_EOF(1),
        STREAM_DRY(2),
        STREAM_IS_RECORDED(4),
        PING_REQUEST(6),
        PING_RESPONSE(7),
        /// Any other event; to be ignored.
        UNKNOWN(-1);

        private final int id;

        Event(int id) {
            this.id = id;
        }

        private static Event of(int id) {
            for (Event event : values()) {
                if (event.id == id) {
                    return event;
                }
            }
            return UNKNOWN;
        }
    }

    @Override
    public MessageType type() {
        return MessageType.USER_CONTROL;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeShort(event.id).writeInt(data);
    }

    static UserControl decode(ByteBuf payload) {
        Message.requireBytes(Short.BYTES, MessageType.USER_CONTROL, payload);
        Event event = Event.of(payload.readUnsignedShort());
        if (event == Event.UNKNOWN) {
            return new UserControl(event, 0);
        }
        Message.requireBytes(Integer.BYTES, MessageType.USER_CONTROL, payload);
        return new UserControl(event, payload.readInt());
    }
}
