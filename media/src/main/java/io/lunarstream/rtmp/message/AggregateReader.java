package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// The messages inside an aggregate message, each laid out like an FLV tag:
///
/// ```
/// +------+--------+-----------+--------------------+-----------+---------+--------------+
/// | type | length | timestamp | timestamp, highest | stream id | payload | back pointer |
/// | 1 B  | 3 B    | 3 B       | 1 B                | 3 B       | length  | 4 B          |
/// +------+--------+-----------+--------------------+-----------+---------+--------------+
/// ```
///
/// The first one's time is the aggregate's time, and the others keep their distance to it. The stream is the
/// aggregate's. Source: RTMP 1.0, section 7.1.6.
final class AggregateReader {
    private static final int HEADER_BYTES = 11;
    private static final int BACK_POINTER_BYTES = 4;
    private static final int STREAM_ID_BYTES = 3;
    private static final long TIMESTAMP_MASK = 0xFFFF_FFFFL;

    private final ByteBuf payload;
    private final long timestampMs;
    private final int messageStreamId;
    private boolean begun;
    private long firstTimestampMs;

    AggregateReader(Aggregate aggregate, long timestampMs, int messageStreamId) {
        payload = aggregate.payload();
        this.timestampMs = timestampMs;
        this.messageStreamId = messageStreamId;
    }

    /// The next message of a known type; empty at the end.
    Optional<MessageResult.MessageRead> next() {
        while (payload.isReadable()) {
            Message.requireBytes(HEADER_BYTES, MessageType.AGGREGATE, payload);
            MessageType type = MessageType.of(payload.readUnsignedByte());
            int length = payload.readUnsignedMedium();
            long timestamp = timestampOf(payload.readUnsignedMedium() | ((long) payload.readUnsignedByte() << 24));
            payload.skipBytes(STREAM_ID_BYTES);
            checkLength(type, length);
            ByteBuf inner = payload.readSlice(length);
            // The last back pointer is missing now and then.
            payload.skipBytes(Math.min(BACK_POINTER_BYTES, payload.readableBytes()));
            Optional<Message> message = MessageDecoder.decode(type, inner);
            if (message.isPresent()) {
                return Optional.of(new MessageResult.MessageRead(timestamp, messageStreamId, message.get()));
            }
        }
        return Optional.empty();
    }

    private long timestampOf(long innerMs) {
        if (!begun) {
            begun = true;
            firstTimestampMs = innerMs;
        }
        return (timestampMs + innerMs - firstTimestampMs) & TIMESTAMP_MASK;
    }

    private void checkLength(MessageType type, int length) {
        if (type == MessageType.AGGREGATE) {
            throw new RtmpException(Reason.BAD_MESSAGE, "an aggregate message inside another");
        }
        if (length > type.payloadBytesMax) {
            throw new RtmpException(
                    Reason.LIMIT_EXCEEDED,
                    "a message of type %s with %d bytes in an aggregate".formatted(type, length));
        }
        Message.requireBytes(length, MessageType.AGGREGATE, payload);
    }
}
