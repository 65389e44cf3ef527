package io.lunarstream.rtmp.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lunarstream.fuzz.CountedMemory;
import io.lunarstream.fuzz.FuzzInput;
import io.lunarstream.rtmp.RtmpException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Timeout;

/// Fuzzes the first bytes of a connection, those of a client and those of a server: the same answer and the same end,
/// however a network cuts them.
class HandshakeFuzzTest {
    private static final int ANSWER_BYTES = 1 + 2 * ServerHandshake.PACKET_BYTES;

    /// A buffer grows by doubling, and while it grows the smaller one is there too.
    private static final int MOST_MEMORY = 4 * ANSWER_BYTES;

    /// One side of the handshake, waiting for the bytes of the other.
    private interface Side {
        boolean read(ByteBuf in, ByteBuf out);
    }

    @FuzzTest
    @Timeout(10)
    void endsTheSameHoweverItsBytesAreCut(byte[] bytes) {
        FuzzInput input = new FuzzInput(bytes);
        for (Supplier<Side> side : List.<Supplier<Side>>of(HandshakeFuzzTest::server, HandshakeFuzzTest::client)) {
            assertThat(end(side.get(), input.pieces())).isEqualTo(end(side.get(), List.of(input.bytes())));
        }
    }

    private static Side server() {
        return new ServerHandshake(new Random(1))::read;
    }

    private static Side client() {
        return new ClientHandshake(new Random(1))::read;
    }

    private static String end(Side side, List<byte[]> pieces) {
        try (CountedMemory memory = new CountedMemory(MOST_MEMORY)) {
            ByteBuf answer = memory.buffer();
            String end;
            try {
                end = "bytes behind the handshake: " + bytesBehind(side, pieces, answer);
            } catch (RtmpException e) {
                end = e.reason().toString();
            }
            assertThat(answer.readableBytes()).isLessThanOrEqualTo(ANSWER_BYTES);
            String text = ByteBufUtil.hexDump(answer);
            answer.release();
            return end + " " + text;
        }
    }

    /// How many bytes are left once the handshake is over; -1 if it is not.
    private static int bytesBehind(Side side, List<byte[]> pieces, ByteBuf answer) {
        boolean over = false;
        int behind = 0;
        for (byte[] piece : pieces) {
            ByteBuf in = Unpooled.wrappedBuffer(piece);
            over = over || side.read(in, answer);
            assertThat(over || !in.isReadable()).isTrue();
            behind += in.readableBytes();
        }
        return over ? behind : -1;
    }
}
