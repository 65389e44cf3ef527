package io.lunarstream.bench.sender;

import io.lunarstream.flv.FlvTag;
import io.lunarstream.rtmp.chunk.ChunkWriter;
import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A clip as the bytes of RTMP chunks, to be sent over and over by any number of connections.
///
/// Each message says only how much later it is than the one before of its kind (chunk header format 1), so that the
/// bytes are the same in every round. The first messages of a connection, the codec configurations, say the time that
/// the first round follows. Source: RTMP 1.0, section 5.3.1.2.
public final class RecordedLoop {

    /// As [io.lunarstream.rtmp.session.PublishClient] tells its servers.
    public static final int CHUNK_SIZE = 64 << 10;

    private static final int TIME_DELTA_CODE = 0b01 << 6;
    private static final int CONTINUATION_CODE = 0b11 << 6;

    /// The kinds of message that a clip has, with the chunk streams that their first messages are on.
    private static final Map<FlvTag.Type, Integer> CHUNK_STREAMS =
            new EnumMap<>(Map.of(FlvTag.Type.AUDIO, 4, FlvTag.Type.VIDEO, 6));

    private final int lengthMs;
    private final List<FlvTag> configurations;
    private final List<FlvTag> messages;
    private final ByteBuf bytes = Unpooled.directBuffer();
    private final int[] ends;

    /// @param configurations the codec configurations
    /// @param messages audio and video from 0 ms on, in the order of their times
    /// @param lengthMs how long a round takes; longer than the last message's time
    RecordedLoop(List<FlvTag> configurations, List<FlvTag> messages, int lengthMs) {
        this.lengthMs = lengthMs;
        this.messages = List.copyOf(messages);
        this.configurations = timed(configurations);
        this.ends = new int[messages.size()];
        Map<FlvTag.Type, Long> times = new EnumMap<>(FlvTag.Type.class);
        for (FlvTag tag : this.configurations) {
            times.put(tag.type(), tag.timestampMs() - lengthMs);
        }
        for (int i = 0; i < ends.length; i++) {
            FlvTag tag = messages.get(i);
            Long before = times.put(tag.type(), tag.timestampMs());
            if (before == null) {
                throw new IllegalArgumentException("a track without a codec configuration: " + tag.type());
            }
            write(tag, tag.timestampMs() - before);
            ends[i] = bytes.writerIndex();
        }
    }

    /// What a connection sends first, by ordinary means.
    public List<FlvTag> configurations() {
        return configurations;
    }

    /// How long a round takes.
    public int lengthMs() {
        return lengthMs;
    }

    /// How many messages are due at a time of a round.
    int due(long ms) {
        int low = 0;
        int high = messages.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (messages.get(middle).timestampMs() <= ms) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// When a message is due, in milliseconds of a round.
    long timeMs(int message) {
        return messages.get(message).timestampMs();
    }

    int messages() {
        return messages.size();
    }

    /// What a round sends.
    public List<FlvTag> tags() {
        return messages;
    }

    /// Appends the codec configurations in chunks, for a reader that is on no connection.
    public void writeConfigurations(ByteBuf out) {
        ChunkWriter writer = new ChunkWriter();
        writer.setChunkSize(CHUNK_SIZE);
        for (FlvTag tag : configurations) {
            int chunkStream = CHUNK_STREAMS.getOrDefault(tag.type(), 0);
            writer.write(
                    MessageType.of(tag.type().id()),
                    chunkStream,
                    tag.timestampMs(),
                    /* messageStreamId= */ 1,
                    tag.body(),
                    out);
        }
    }

    /// The bytes of a round, which share the memory of this loop.
    public ByteBuf bytes() {
        return bytes(0, messages.size());
    }

    /// The bytes of some messages, which share the memory of this loop.
    ByteBuf bytes(int fromMessage, int toMessage) {
        int start = fromMessage == 0 ? 0 : ends[fromMessage - 1];
        int end = toMessage == 0 ? 0 : ends[toMessage - 1];
        return bytes.retainedSlice(start, end - start);
    }

    /// Codec configurations at the time of their track's last message, which the first round goes on from.
    private List<FlvTag> timed(List<FlvTag> untimed) {
        Map<FlvTag.Type, Long> last = new EnumMap<>(FlvTag.Type.class);
        messages.forEach(tag -> last.put(tag.type(), tag.timestampMs()));
        List<FlvTag> timed = new ArrayList<>();
        for (FlvTag tag : untimed) {
            timed.add(new FlvTag(tag.type(), last.getOrDefault(tag.type(), 0L), tag.body()));
        }
        return timed;
    }

    private void write(FlvTag tag, long laterMs) {
        int chunkStream = CHUNK_STREAMS.getOrDefault(tag.type(), 0);
        ByteBuf body = tag.body();
        int length = body.readableBytes();
        bytes.writeByte(TIME_DELTA_CODE | chunkStream);
        bytes.writeMedium((int) laterMs);
        bytes.writeMedium(length);
        bytes.writeByte(MessageType.of(tag.type().id()).id);
        for (int sent = 0; sent < length; sent += CHUNK_SIZE) {
            if (sent > 0) {
                bytes.writeByte(CONTINUATION_CODE | chunkStream);
            }
            bytes.writeBytes(body, body.readerIndex() + sent, Math.min(CHUNK_SIZE, length - sent));
        }
    }
}
