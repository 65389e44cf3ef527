package io.lunarstream.rtmp.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lunarstream.fuzz.CountedMemory;
import io.lunarstream.fuzz.FuzzInput;
import io.lunarstream.rtmp.RtmpException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;

/// Fuzzes what a server answers to our own publisher, behind the handshake: the same events and the same breach,
/// however a network cuts the bytes.
class PublishClientFuzzTest {
    private static final PublishTarget TARGET = PublishTarget.parse("rtmp://127.0.0.1/live/key?pushToken=secret");
    private static final int MOST_MEMORY = 8 << 20;

    /// The server's S0, S1 and S2 are as long as the client's C0, C1 and C2.
    private static final byte[] HANDSHAKE = Publisher.handshake();

    @FuzzTest
    @Timeout(10)
    void endsTheSameHoweverItsBytesAreCut(byte[] bytes) {
        FuzzInput input = new FuzzInput(bytes);
        assertThat(play(input.pieces())).isEqualTo(play(List.of(input.bytes())));
    }

    /// Events as text, and the breach if there is one.
    private static List<String> play(List<byte[]> pieces) {
        List<String> played = new ArrayList<>();
        try (CountedMemory memory = new CountedMemory(MOST_MEMORY);
                PublishClient client = new PublishClient(TARGET, new Random(1), memory)) {
            feed(client, HANDSHAKE, played);
            try {
                pieces.forEach(piece -> feed(client, piece, played));
            } catch (RtmpException e) {
                played.add(e.reason().toString());
            }
        }
        return played;
    }

    private static void feed(PublishClient client, byte[] piece, List<String> played) {
        ByteBuf in = Unpooled.wrappedBuffer(piece);
        ClientEvent event = client.read(in);
        while (!(event instanceof ClientEvent.NeedMoreBytes)) {
            played.add(event.toString());
            event = client.read(in);
        }
        assertThat(in.isReadable()).isFalse();
        client.writeOutput(Unpooled.buffer());
    }
}
