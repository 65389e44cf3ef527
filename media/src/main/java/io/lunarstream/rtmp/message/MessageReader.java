package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.chunk.ChunkReader;
import io.lunarstream.rtmp.chunk.ChunkResult;
import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Bytes of a peer to decoded messages.
///
/// What concerns the chunk stream alone (chunk size, abort) is obeyed here and not handed out; aggregates are taken
/// apart; messages of unknown types are skipped.
public final class MessageReader implements AutoCloseable {
    private static final MessageResult NEED_MORE_BYTES = new MessageResult.NeedMoreBytes();

    private final ChunkReader chunks;
    private @Nullable AggregateReader aggregate;

    /// @param allocator where memory for messages in several pieces comes from
    public MessageReader(ByteBufAllocator allocator) {
        chunks = new ChunkReader(allocator);
    }

    /// Reads up to the end of the next message.
    ///
    /// To be called until it answers [MessageResult.NeedMoreBytes]: then all of `in` has been taken. Payloads are
    /// valid until the next call.
    public MessageResult read(ByteBuf in) {
        while (true) {
            MessageResult result = aggregate == null ? readNext(in) : readInner(aggregate);
            if (result instanceof MessageResult.NeedMoreBytes && aggregate != null) {
                aggregate = null;
                continue;
            }
            if (!(result instanceof MessageResult.MessageRead read) || !obey(read)) {
                return result;
            }
        }
    }

    /// Limits the payload of every message that begins from now on, whatever its type allows.
    public void limitPayload(int bytes) {
        chunks.limitPayload(bytes);
    }

    @Override
    public void close() {
        aggregate = null;
        chunks.close();
    }

    private static MessageResult readInner(AggregateReader reader) {
        Optional<MessageResult.MessageRead> inner = reader.next();
        return inner.isPresent() ? inner.get() : NEED_MORE_BYTES;
    }

    private MessageResult readNext(ByteBuf in) {
        while (true) {
            switch (chunks.read(in)) {
                case ChunkResult.NeedMoreBytes _ -> {
                    return NEED_MORE_BYTES;
                }
                case ChunkResult.MessageRead(MessageType type, long timestampMs, int streamId, ByteBuf payload) -> {
                    Optional<Message> message = MessageDecoder.decode(type, payload);
                    if (message.isPresent()) {
                        return new MessageResult.MessageRead(timestampMs, streamId, message.get());
                    }
                }
            }
        }
    }

    /// Whether the message was for this reader.
    private boolean obey(MessageResult.MessageRead read) {
        switch (read.message()) {
            case SetChunkSize(int bytes) -> chunks.setChunkSize(bytes);
            case Abort(int chunkStreamId) -> chunks.abort(chunkStreamId);
            case Aggregate whole -> aggregate = new AggregateReader(whole, read.timestampMs(), read.messageStreamId());
            case Acknowledgement _,
                    UserControl _,
                    WindowAcknowledgementSize _,
                    SetPeerBandwidth _,
                    Command _,
                    Data _,
                    Audio _,
                    Video _ -> {
                return false;
            }
        }
        return true;
    }
}
