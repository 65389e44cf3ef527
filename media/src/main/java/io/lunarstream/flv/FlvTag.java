package io.lunarstream.flv;

import io.netty.buffer.ByteBuf;

/// One tag of an FLV file: what RTMP sends as one message. Source: FLV 10.1, annex E.4.1.
///
/// @param type what the body holds
/// @param timestampMs when it is due, in milliseconds: 32 bits, unsigned
/// @param body a view of the bytes that the reader was given, valid as long as they are
public record FlvTag(Type type, long timestampMs, ByteBuf body) {

    /// `TagType`; also the type id of the RTMP message with the same body.
    public enum Type {
        AUDIO(8),
        VIDEO(9),
        SCRIPT_DATA(18);

        private final int id;

        Type(int id) {
            this.id = id;
        }

        public int id() {
            return id;
        }
    }
}
