package io.lunarstream.rtmp.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lunarstream.fuzz.CountedMemory;
import io.lunarstream.fuzz.FuzzInput;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.rtmp.RtmpException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;

/// Fuzzes what comes after the handshake: the same messages and the same breach, however a network cuts the bytes.
class ChunkReaderFuzzTest {
    /// What 64 chunk streams may take before their bytes have come.
    private static final int MEMORY_AT_FIRST = 64 * (4 << 10);

    /// A buffer is twice as large as what is in it, and while it grows the smaller one is there too.
    private static final int MEMORY_PER_BYTE = 4;

    @FuzzTest
    @Timeout(10)
    void readsTheSameHoweverItsBytesAreCut(byte[] bytes) {
        FuzzInput input = new FuzzInput(bytes);
        assertThat(read(input.pieces(), bytes.length)).isEqualTo(read(List.of(input.bytes()), bytes.length));
    }

    /// Messages as text, and the breach if there is one.
    private static List<String> read(List<byte[]> pieces, int length) {
        List<String> read = new ArrayList<>();
        try (CountedMemory memory = new CountedMemory(MEMORY_AT_FIRST + MEMORY_PER_BYTE * length);
                ChunkReader reader = new ChunkReader(memory)) {
            try {
                pieces.forEach(piece -> read(reader, Unpooled.wrappedBuffer(piece), read));
            } catch (RtmpException e) {
                read.add(e.reason().toString());
            }
        }
        return read;
    }

    private static void read(ChunkReader reader, ByteBuf in, List<String> read) {
        while (reader.read(in) instanceof ChunkResult.MessageRead message) {
            read.add(textOf(message));
            obey(reader, message);
        }
        assertThat(in.isReadable()).isFalse();
    }

    private static String textOf(ChunkResult.MessageRead message) {
        ByteBuf payload = message.payload();
        return "%s %d %d %s"
                .formatted(
                        message.type(),
                        message.timestampMs(),
                        message.messageStreamId(),
                        ByteString.copyOf(payload, payload.readerIndex(), payload.readableBytes()));
    }

    private static void obey(ChunkReader reader, ChunkResult.MessageRead message) {
        if (message.payload().readableBytes() < Integer.BYTES) {
            return;
        }
        if (message.type() == MessageType.SET_CHUNK_SIZE) {
            reader.setChunkSize(message.payload().readInt());
        } else if (message.type() == MessageType.ABORT) {
            reader.abort(message.payload().readInt());
        }
    }
}
