package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.chunk.ChunkWriter;
import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// Messages to bytes.
public final class MessageWriter {
    /// Usual sizes of our own messages; larger ones make the buffer grow.
    private static final int SCRATCH_BYTES = 512;

    private final ChunkWriter chunks = new ChunkWriter();
    private final ByteBuf scratch = Unpooled.buffer(SCRATCH_BYTES);

    /// Appends one message to `out`; a Set Chunk Size counts for the messages after it.
    ///
    /// @param timestampMs milliseconds; the low 32 bits are sent
    /// @param messageStreamId 0 for what concerns the connection as a whole
    public void write(Message message, long timestampMs, int messageStreamId, ByteBuf out) {
        scratch.clear();
        message.encode(scratch);
        write(message.type(), timestampMs, messageStreamId, scratch, out);
        if (message instanceof SetChunkSize(int bytes)) {
            chunks.setChunkSize(bytes);
        }
    }

    /// Appends one message whose payload is there already: the way of media, which copies the payload once.
    ///
    /// @param payload what lies between its indexes, which stay where they are: several writers may share it
    public void write(MessageType type, long timestampMs, int messageStreamId, ByteBuf payload, ByteBuf out) {
        chunks.write(type, chunkStreamId(type), timestampMs, messageStreamId, payload, out);
    }

    /// Control messages must go on chunk stream 2; the rest is as encoders do it.
    private static int chunkStreamId(MessageType type) {
        return switch (type) {
            case SET_CHUNK_SIZE,
                    ABORT,
                    ACKNOWLEDGEMENT,
                    USER_CONTROL,
                    WINDOW_ACKNOWLEDGEMENT_SIZE,
                    SET_PEER_BANDWIDTH -> 2;
            case COMMAND_AMF0, COMMAND_AMF3 -> 3;
            case AUDIO -> 4;
            case DATA_AMF0, DATA_AMF3, SHARED_OBJECT_AMF0, SHARED_OBJECT_AMF3 -> 5;
            case VIDEO -> 6;
            case AGGREGATE, UNKNOWN -> 7;
        };
    }
}
