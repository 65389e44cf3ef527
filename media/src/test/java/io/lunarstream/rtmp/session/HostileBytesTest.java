package io.lunarstream.rtmp.session;

import static io.lunarstream.rtmp.AmfBytes.ecmaArray;
import static io.lunarstream.rtmp.AmfBytes.join;
import static io.lunarstream.rtmp.AmfBytes.nothing;
import static io.lunarstream.rtmp.AmfBytes.number;
import static io.lunarstream.rtmp.AmfBytes.property;
import static io.lunarstream.rtmp.AmfBytes.strictArray;
import static io.lunarstream.rtmp.AmfBytes.string;
import static io.lunarstream.rtmp.WireBytes.hex;
import static io.lunarstream.rtmp.WireBytes.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.rtmp.RtmpException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Sessions of right bytes with some wrong ones among them: whatever comes, a session goes on or says what is wrong,
/// and gives back its memory.
class HostileBytesTest {
    private static final int ROUNDS = 20_000;
    private static final int WRONG_BYTES_MAX = 8;

    @Test
    void breaksOffInGoodOrderWhateverBytesAreWrong() {
        byte[] right = session();
        Random random = new Random(20);
        Set<RtmpException.Reason> seen = EnumSet.noneOf(RtmpException.Reason.class);
        int unbroken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // Closing checks that all memory came back, outside of what catches a breach.
            try (ServerSide server = new ServerSide()) {
                server.feed(Publisher.handshake());
                try {
                    feedInPieces(server, spoilt(right, random), random);
                    unbroken++;
                } catch (RtmpException e) {
                    seen.add(e.reason());
                }
            }
        }
        assertThat(unbroken).isPositive();
        assertThat(seen)
                .contains(
                        RtmpException.Reason.BAD_CHUNK,
                        RtmpException.Reason.BAD_AMF,
                        RtmpException.Reason.LIMIT_EXCEEDED,
                        RtmpException.Reason.COMMAND_OUT_OF_ORDER);
    }

    private static byte[] session() {
        byte[] metadata = ecmaArray(3, property("width", number(1280)), property("tags", strictArray(string("a"))));
        return wire().add(Publisher.connect())
                .message(2, 0, Publisher.SET_CHUNK_SIZE, 0, hex("00001000"))
                .add(Publisher.command(0, "FCPublish", 3, nothing(), string("key")))
                .add(Publisher.createStream())
                .add(Publisher.publish("key?a=%20&b=2"))
                .message(4, 0, Publisher.DATA, 1, join(string("@setDataFrame"), string("onMetaData"), metadata))
                .message(7, 0, Publisher.AGGREGATE, 1, hex("09 000002 000000 00 000000 1700 0000000D"))
                .add(Publisher.video(40, "17 01 000000"))
                .add(Publisher.audio(41, "AF 01"))
                .fmt1(6, 0xFFFFFF, 2, Publisher.VIDEO)
                .u32(0x1000000)
                .add("2701")
                .fmt3(6)
                .add("2702")
                .add(Publisher.command(0, "deleteStream", 6, nothing(), number(1)))
                .bytes();
    }

    private static byte[] spoilt(byte[] right, Random random) {
        byte[] spoilt = right.clone();
        int wrong = 1 + random.nextInt(WRONG_BYTES_MAX);
        for (int i = 0; i < wrong; i++) {
            spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
        }
        return spoilt;
    }

    private static void feedInPieces(ServerSide server, byte[] bytes, Random random) {
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(bytes.length));
            server.feed(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
    }
}
