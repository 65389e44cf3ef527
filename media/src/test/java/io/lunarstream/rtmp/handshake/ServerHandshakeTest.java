package io.lunarstream.rtmp.handshake;

import static io.lunarstream.rtmp.WireBytes.counting;
import static io.lunarstream.rtmp.handshake.DigestClient.ascii;
import static io.lunarstream.rtmp.handshake.DigestClient.concatenated;
import static io.lunarstream.rtmp.handshake.DigestClient.digestAt;
import static io.lunarstream.rtmp.handshake.DigestClient.digestC1;
import static io.lunarstream.rtmp.handshake.DigestClient.hmac;
import static io.lunarstream.rtmp.handshake.DigestClient.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.rtmp.Feeding;
import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerHandshakeTest {
    private static final String KEY_TAIL = "f0eec24a8068bee82e00d0d1029e7e576eec5d2d29806fab93b8e636cfeb31ae";
    private static final int SEED = 7;

    @Test
    void echoesC1InTheSimpleForm() throws Exception {
        byte[] c1 = simpleC1();
        byte[] answer = answerTo(List.of(handshakeOf(c1, new byte[1536])));
        assertThat(answer).hasSize(1 + 2 * 1536);
        assertThat(answer[0]).isEqualTo((byte) 3);
        assertThat(Arrays.copyOfRange(answer, 1, 9)).containsOnly(0);
        assertThat(Arrays.copyOfRange(answer, 1 + 1536, answer.length)).isEqualTo(c1);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 772})
    void signsS1AndS2InTheSchemaOfTheClient(int offsetField) throws Exception {
        byte[] c1 = digestC1(offsetField);
        byte[] answer = answerTo(List.of(handshakeOf(c1, counting(1536))));
        byte[] s1 = Arrays.copyOfRange(answer, 1, 1 + 1536);
        byte[] s2 = Arrays.copyOfRange(answer, 1 + 1536, answer.length);

        int digestAt = digestAt(s1, offsetField);
        byte[] digest = Arrays.copyOfRange(s1, digestAt, digestAt + 32);
        assertThat(digest).isEqualTo(hmac(ascii("Genuine Adobe Flash Media Server 001"), without(s1, digestAt)));
        assertThat(Arrays.copyOfRange(s1, 4, 8)).doesNotContain(0);

        int clientDigestAt = digestAt(c1, offsetField);
        byte[] wholeKey =
                concatenated(ascii("Genuine Adobe Flash Media Server 001"), ByteBufUtil.decodeHexDump(KEY_TAIL));
        byte[] key = hmac(wholeKey, Arrays.copyOfRange(c1, clientDigestAt, clientDigestAt + 32));
        assertThat(Arrays.copyOfRange(s2, 1504, 1536)).isEqualTo(hmac(key, Arrays.copyOf(s2, 1504)));
    }

    @Test
    void takesADigestThatIsWrongForTheSimpleForm() throws Exception {
        byte[] c1 = digestC1(8);
        c1[1535] ^= 1;
        byte[] answer = answerTo(List.of(handshakeOf(c1, new byte[1536])));
        assertThat(Arrays.copyOfRange(answer, 1 + 1536, answer.length)).isEqualTo(c1);
    }

    @Test
    void answersTheSameHoweverTheBytesAreCut() throws Exception {
        byte[] handshake = handshakeOf(digestC1(772), counting(1536));
        byte[] whole = answerTo(List.of(handshake));
        assertThat(answerTo(Feeding.oneByteAtATime(handshake))).isEqualTo(whole);
        for (int cut : new int[] {1, 2, 1536, 1537, 1538, 3072}) {
            List<byte[]> pieces =
                    List.of(Arrays.copyOf(handshake, cut), Arrays.copyOfRange(handshake, cut, handshake.length));
            assertThat(answerTo(pieces)).isEqualTo(whole);
        }
    }

    @Test
    void answersAsSoonAsC1IsThereAndEndsWithC2() {
        ServerHandshake handshake = new ServerHandshake(new Random(SEED));
        ByteBuf out = Unpooled.buffer();
        ByteBuf c0c1 = Unpooled.wrappedBuffer(new byte[] {3}, simpleC1());
        assertThat(handshake.read(c0c1, out)).isFalse();
        assertThat(out.readableBytes()).isEqualTo(1 + 2 * 1536);
        ByteBuf c2AndMore = Unpooled.wrappedBuffer(new byte[1536], new byte[] {42});
        assertThat(handshake.read(c2AndMore, out)).isTrue();
        assertThat(c2AndMore.readByte()).isEqualTo((byte) 42);
        assertThat(out.readableBytes()).isEqualTo(1 + 2 * 1536);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 6, 'G', 0x16, 255})
    void refusesAnythingButVersion3AtTheFirstByte(int version) {
        ServerHandshake handshake = new ServerHandshake(new Random(SEED));
        ByteBuf in = Unpooled.wrappedBuffer(new byte[] {(byte) version});
        assertThatThrownBy(() -> handshake.read(in, Unpooled.buffer()))
                .isInstanceOfSatisfying(
                        RtmpException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_HANDSHAKE));
    }

    @Test
    void agreesWithOurClient() {
        ServerHandshake server = new ServerHandshake(new Random(SEED));
        ClientHandshake client = new ClientHandshake(new Random(SEED + 1));
        ByteBuf toServer = Unpooled.buffer();
        ByteBuf toClient = Unpooled.buffer();
        client.start(toServer);
        assertThat(server.read(toServer, toClient)).isFalse();
        assertThat(client.read(toClient, toServer)).isTrue();
        assertThat(server.read(toServer, toClient)).isTrue();
        assertThat(toServer.isReadable() || toClient.isReadable()).isFalse();
    }

    /// The server's answer to pieces that make up a whole handshake.
    private static byte[] answerTo(List<byte[]> pieces) {
        ServerHandshake handshake = new ServerHandshake(new Random(SEED));
        ByteBuf out = Unpooled.buffer();
        boolean over = false;
        for (byte[] piece : pieces) {
            assertThat(over).isFalse();
            over = handshake.read(Unpooled.wrappedBuffer(piece), out);
        }
        assertThat(over).isTrue();
        return ByteBufUtil.getBytes(out);
    }

    private static byte[] handshakeOf(byte[] c1, byte[] c2) {
        return concatenated(new byte[] {3}, concatenated(c1, c2));
    }

    private static byte[] simpleC1() {
        byte[] c1 = counting(1536);
        Arrays.fill(c1, 0, 8, (byte) 0);
        return c1;
    }
}
