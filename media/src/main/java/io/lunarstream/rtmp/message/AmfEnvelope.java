package io.lunarstream.rtmp.message;

import io.netty.buffer.ByteBuf;

/// What an AMF3 command or data message has before its values: a byte of 0 that says they are AMF0 after all.
///
/// Some encoders send the type without that byte; no AMF0 message begins with 0, which would be a number.
final class AmfEnvelope {
    private static final int AMF0_FOLLOWS = 0;

    private AmfEnvelope() {}

    static void skip(ByteBuf payload) {
        if (payload.isReadable() && payload.getByte(payload.readerIndex()) == AMF0_FOLLOWS) {
            payload.skipBytes(1);
        }
    }
}
