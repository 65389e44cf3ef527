package io.lunarstream.rtmp.message;

import static io.lunarstream.rtmp.WireBytes.hex;
import static io.lunarstream.rtmp.WireBytes.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.rtmp.AmfBytes;
import io.lunarstream.rtmp.Feeding;
import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import io.lunarstream.rtmp.WireBytes;
import io.lunarstream.rtmp.amf.AmfValue;
import io.lunarstream.rtmp.amf.AmfValue.AmfNumber;
import io.lunarstream.rtmp.amf.AmfValue.AmfString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageReaderTest {

    static Stream<Arguments> goodMessages() {
        return Stream.of(
                Arguments.of(3, hex("FFFFFFFF"), new Acknowledgement(-1)),
                Arguments.of(4, hex("0000 00000001"), new UserControl(UserControl.Event.STREAM_BEGIN, 1)),
                Arguments.of(4, hex("0006 0000000A"), new UserControl(UserControl.Event.PING_REQUEST, 10)),
                Arguments.of(4, hex("0007 0000000A"), new UserControl(UserControl.Event.PING_RESPONSE, 10)),
                Arguments.of(5, hex("002625A0"), new WindowAcknowledgementSize(2_500_000)),
                Arguments.of(6, hex("002625A0 02"), new SetPeerBandwidth(2_500_000, SetPeerBandwidth.DYNAMIC)),
                Arguments.of(18, AmfBytes.string("onMetaData"), new Data(List.of(new AmfString("onMetaData")))),
                Arguments.of(
                        20,
                        AmfBytes.join(AmfBytes.string("call"), AmfBytes.number(7), AmfBytes.nothing()),
                        Command.of("call", 7, AmfValue.NULL)));
    }

    @ParameterizedTest
    @MethodSource("goodMessages")
    void readsWhatIsOnTheWireAndWritesItBack(int type, byte[] payload, Message message) {
        WireBytes wire = wire().message(2, 0, type, 0, payload);
        for (List<byte[]> pieces : Feeding.everyWay(wire.bytes())) {
            assertThat(read(pieces)).containsExactly(message);
        }
        ByteBuf encoded = Unpooled.buffer();
        message.encode(encoded);
        assertThat(ByteBufUtil.getBytes(encoded)).isEqualTo(payload);
        assertThat(message.type().id).isEqualTo(type);
    }

    @Test
    void ignoresWhatFollowsTheFieldsItKnowsAndEventsItDoesNot() {
        WireBytes wire = wire().message(2, 0, 4, 0, hex("0003 00000001 00000BB8"))
                .message(2, 0, 5, 0, hex("00000001 00"))
                .message(3, 0, 16, 0, hex("00"))
                .message(3, 0, 19, 0, hex("00"))
                .message(3, 0, 77, 0, hex("00"));
        assertThat(read(List.of(wire.bytes())))
                .containsExactly(new UserControl(UserControl.Event.UNKNOWN, 0), new WindowAcknowledgementSize(1));
    }

    @Test
    void readsACommandWithoutATransactionId() {
        byte[] payload = AmfBytes.join(AmfBytes.string("call"), AmfBytes.string("x"));
        assertThat(read(List.of(wire().message(3, 0, 20, 0, payload).bytes())))
                .containsExactly(Command.of("call", 0, new AmfString("x")));
        assertThat(read(List.of(
                        wire().message(3, 0, 20, 0, AmfBytes.string("call")).bytes())))
                .containsExactly(Command.of("call", 0));
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource({
        "1, 000010, BAD_MESSAGE",
        "1, 0000007F, BAD_CHUNK",
        "2, 000000, BAD_MESSAGE",
        "3, 000000, BAD_MESSAGE",
        "4, 00, BAD_MESSAGE",
        "4, 00060000, BAD_MESSAGE",
        "5, 000000, BAD_MESSAGE",
        "6, 00000000, BAD_MESSAGE",
        "20, 05, BAD_MESSAGE",
        "20, 020004, BAD_AMF",
        "18, 0200, BAD_AMF",
        "22, 09000001, BAD_MESSAGE",
        "22, 0900000500000000000000AABBCCDD, BAD_MESSAGE",
        "22, 1600000000000000000000, BAD_MESSAGE",
        "22, 1401000100000000000000, LIMIT_EXCEEDED",
    })
    void refusesPayloadsThatContradictThemselves(int type, String payload, Reason reason) {
        byte[] wire = wire().message(2, 0, type, 0, hex(payload)).bytes();
        assertThatThrownBy(() -> read(List.of(wire)))
                .isInstanceOfSatisfying(
                        RtmpException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void writesAMessageInChunksOfTheSizeItHasAnnounced() {
        MessageWriter writer = new MessageWriter();
        ByteBuf out = Unpooled.buffer();
        byte[] payload = WireBytes.counting(300);
        writer.write(new Video(Unpooled.wrappedBuffer(payload)), /* timestampMs= */ 5, /* messageStreamId= */ 1, out);
        writer.write(new SetChunkSize(4_096), /* timestampMs= */ 0, /* messageStreamId= */ 0, out);
        writer.write(new Video(Unpooled.wrappedBuffer(payload)), /* timestampMs= */ 6, /* messageStreamId= */ 1, out);
        assertThat(ByteBufUtil.getBytes(out))
                .isEqualTo(wire().message(6, 5, 9, 1, payload)
                        .message(2, 0, 1, 0, hex("00001000"))
                        .fmt0(6, 6, 300, 9, 1)
                        .add(payload)
                        .bytes());
    }

    @Test
    void writesAnExtendedTimestampOnEveryChunk() {
        MessageWriter writer = new MessageWriter();
        ByteBuf out = Unpooled.buffer();
        byte[] payload = WireBytes.counting(129);
        writer.write(new Audio(Unpooled.wrappedBuffer(payload)), 0x1_FFFF_FFFFL, /* messageStreamId= */ 1, out);
        assertThat(ByteBufUtil.getBytes(out))
                .isEqualTo(wire().fmt0(4, 0xFFFFFF, 129, 8, 1)
                        .add("FFFFFFFF")
                        .add(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(payload, 0, 128)))
                        .fmt3(4)
                        .add("FFFFFFFF")
                        .u8(payload[128])
                        .bytes());
    }

    @Test
    void keepsTheArgumentsOfCommandsOutOfLogs() {
        assertThat(Command.of("publish", 5, AmfValue.NULL, new AmfString("key?pushToken=SECRET"), new AmfNumber(1)))
                .hasToString("Command[transactionId=5.0, 3 arguments]");
    }

    private static List<Message> read(List<byte[]> pieces) {
        List<Message> messages = new ArrayList<>();
        try (MessageReader reader = new MessageReader(UnpooledByteBufAllocator.DEFAULT)) {
            for (byte[] piece : pieces) {
                ByteBuf in = Unpooled.wrappedBuffer(piece);
                while (reader.read(in) instanceof MessageResult.MessageRead read) {
                    messages.add(read.message());
                }
            }
        }
        return messages;
    }
}
