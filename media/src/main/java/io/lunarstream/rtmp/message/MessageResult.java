package io.lunarstream.rtmp.message;

/// What one call of a message reader found.
public sealed interface MessageResult {

    /// There is no further message; feed more bytes.
    record NeedMoreBytes() implements MessageResult {}

    /// One message.
    ///
    /// @param timestampMs milliseconds, 0 to 2^32 - 1, wrapping
    /// @param messageStreamId 0 for control messages, else as `createStream` gave it
    record MessageRead(long timestampMs, int messageStreamId, Message message) implements MessageResult {}
}
