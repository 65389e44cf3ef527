package io.lunarstream.bench.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.flv.FlvTag;
import io.lunarstream.rtmp.chunk.MessageType;
import io.lunarstream.rtmp.message.Message;
import io.lunarstream.rtmp.message.MessageReader;
import io.lunarstream.rtmp.message.MessageResult;
import io.lunarstream.rtmp.message.MessageWriter;
import io.lunarstream.rtmp.message.SetChunkSize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedLoopTest {
    private static final int LARGE = 150_000;

    private final RecordedLoop loop = new RecordedLoop(
            List.of(tag(FlvTag.Type.VIDEO, 0, 5), tag(FlvTag.Type.AUDIO, 0, 4)),
            List.of(
                    tag(FlvTag.Type.VIDEO, 0, LARGE),
                    tag(FlvTag.Type.AUDIO, 10, 6),
                    tag(FlvTag.Type.VIDEO, 40, 7),
                    tag(FlvTag.Type.AUDIO, 43, 8)),
            80);

    @Test
    void isReadAsTimesThatRiseFromRoundToRound() {
        ByteBuf sent = Unpooled.buffer();
        MessageWriter writer = new MessageWriter();
        writer.write(new SetChunkSize(64 << 10), 0, 0, sent);
        for (FlvTag tag : loop.configurations()) {
            writer.write(MessageType.of(tag.type().id()), tag.timestampMs(), 1, tag.body(), sent);
        }
        sent.writeBytes(loop.bytes(0, 4)).writeBytes(loop.bytes(0, 3)).writeBytes(loop.bytes(3, 4));
        assertThat(read(sent))
                .containsExactly(
                        "VIDEO 40 5",
                        "AUDIO 43 4",
                        "VIDEO 80 " + LARGE,
                        "AUDIO 90 6",
                        "VIDEO 120 7",
                        "AUDIO 123 8",
                        "VIDEO 160 " + LARGE,
                        "AUDIO 170 6",
                        "VIDEO 200 7",
                        "AUDIO 203 8");
    }

    @Test
    void knowsWhatIsDue() {
        assertThat(loop.due(-1)).isZero();
        assertThat(loop.due(0)).isEqualTo(1);
        assertThat(loop.due(32)).isEqualTo(2);
        assertThat(loop.due(40)).isEqualTo(3);
    }

    private static List<String> read(ByteBuf in) {
        List<String> read = new ArrayList<>();
        try (MessageReader reader = new MessageReader(UnpooledByteBufAllocator.DEFAULT)) {
            while (reader.read(in) instanceof MessageResult.MessageRead(long timestampMs, int _, Message message)) {
                ByteBuf bytes = Unpooled.buffer();
                message.encode(bytes);
                read.add(message.type() + " " + timestampMs + " " + bytes.readableBytes());
            }
        }
        return read;
    }

    private static FlvTag tag(FlvTag.Type type, long ms, int bytes) {
        return new FlvTag(type, ms, Unpooled.wrappedBuffer(new byte[bytes]));
    }
}
