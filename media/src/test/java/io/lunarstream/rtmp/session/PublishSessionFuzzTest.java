package io.lunarstream.rtmp.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lunarstream.fuzz.FuzzInput;
import io.lunarstream.rtmp.RtmpException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;

/// Fuzzes a publisher's whole session behind the handshake: the same events and the same breach, however a network cuts
/// the bytes.
class PublishSessionFuzzTest {

    @FuzzTest
    @Timeout(10)
    void endsTheSameHoweverItsBytesAreCut(byte[] bytes) {
        FuzzInput input = new FuzzInput(bytes);
        assertThat(play(input.pieces())).isEqualTo(play(List.of(input.bytes())));
    }

    /// Events as text, and the breach if there is one. Closing checks that all memory came back.
    private static List<String> play(List<byte[]> pieces) {
        List<String> played = new ArrayList<>();
        try (ServerSide server = new ServerSide()) {
            server.feed(Publisher.handshake());
            try {
                pieces.forEach(server::feed);
            } catch (RtmpException e) {
                played.add(e.reason().toString());
            }
            played.addAll(server.events);
        }
        return played;
    }
}
