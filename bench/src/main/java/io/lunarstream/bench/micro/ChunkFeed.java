package io.lunarstream.bench.micro;

import io.lunarstream.bench.sender.RecordedLoop;
import io.lunarstream.rtmp.chunk.ChunkReader;
import io.lunarstream.rtmp.chunk.ChunkResult.MessageRead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/// A publisher's bytes on their way through a chunk reader, in pieces as a socket gives them. Its time rises from
/// round to round.
final class ChunkFeed {

    /// 64 ms of 2 Mbit/s. A keyframe comes in several pieces, most other pictures lie in one.
    private static final int PIECE_BYTES = 16 << 10;

    private final ChunkReader reader = new ChunkReader(PooledByteBufAllocator.DEFAULT);
    private final ByteBuf round;

    /// @param messages takes the codec configurations
    ChunkFeed(RecordedLoop loop, Consumer<MessageRead> messages) {
        round = loop.bytes();
        reader.setChunkSize(RecordedLoop.CHUNK_SIZE);
        ByteBuf configurations = Unpooled.buffer();
        loop.writeConfigurations(configurations);
        read(configurations, messages);
    }

    /// Feeds a round of the clip.
    ///
    /// @param messages takes each message, whose payload is valid during the call
    void round(Consumer<MessageRead> messages) {
        int bytes = roundBytes();
        for (int from = 0; from < bytes; from += PIECE_BYTES) {
            read(round.setIndex(from, Math.min(from + PIECE_BYTES, bytes)), messages);
        }
    }

    int roundBytes() {
        return round.capacity();
    }

    private void read(ByteBuf piece, Consumer<MessageRead> messages) {
        while (reader.read(piece) instanceof MessageRead message) {
            messages.accept(message);
        }
    }
}
