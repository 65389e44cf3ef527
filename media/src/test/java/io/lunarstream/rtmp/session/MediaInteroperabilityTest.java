package io.lunarstream.rtmp.session;

import static io.lunarstream.rtmp.AmfBytes.bool;
import static io.lunarstream.rtmp.AmfBytes.date;
import static io.lunarstream.rtmp.AmfBytes.ecmaArray;
import static io.lunarstream.rtmp.AmfBytes.join;
import static io.lunarstream.rtmp.AmfBytes.longString;
import static io.lunarstream.rtmp.AmfBytes.nothing;
import static io.lunarstream.rtmp.AmfBytes.number;
import static io.lunarstream.rtmp.AmfBytes.object;
import static io.lunarstream.rtmp.AmfBytes.property;
import static io.lunarstream.rtmp.AmfBytes.strictArray;
import static io.lunarstream.rtmp.AmfBytes.string;
import static io.lunarstream.rtmp.AmfBytes.undefined;
import static io.lunarstream.rtmp.WireBytes.counting;
import static io.lunarstream.rtmp.WireBytes.hex;
import static io.lunarstream.rtmp.WireBytes.wire;
import static io.lunarstream.rtmp.session.Publisher.AGGREGATE;
import static io.lunarstream.rtmp.session.Publisher.COMMANDS;
import static io.lunarstream.rtmp.session.Publisher.COMMAND_AMF3;
import static io.lunarstream.rtmp.session.Publisher.CONTROL;
import static io.lunarstream.rtmp.session.Publisher.DATA;
import static io.lunarstream.rtmp.session.Publisher.DATA_AMF3;
import static io.lunarstream.rtmp.session.Publisher.SET_CHUNK_SIZE;
import static io.lunarstream.rtmp.session.Publisher.VIDEO;
import static io.lunarstream.rtmp.session.Publisher.audio;
import static io.lunarstream.rtmp.session.Publisher.connect;
import static io.lunarstream.rtmp.session.Publisher.publish;
import static io.lunarstream.rtmp.session.Publisher.start;
import static io.lunarstream.rtmp.session.Publisher.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.WireBytes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How encoders cut, time and wrap their media, one habit after the other, as bytes. The numbers are those of the
/// interoperability list for ingest.
class MediaInteroperabilityTest {
    private static final String PUBLISH = "publish live key {pushToken=secret}";

    static Stream<Arguments> metadataMessages() {
        byte[] metadata = ecmaArray(7, property("width", number(1280)), property("stereo", bool(true)));
        return Stream.of(
                Arguments.of(1, join(string("@setDataFrame"), string("onMetaData"), metadata)),
                Arguments.of(0, join(string("@setDataFrame"), string("onMetaData"), metadata)),
                Arguments.of(1, join(string("onMetaData"), metadata)),
                Arguments.of(0, join(string("@setDataFrame"), metadata)),
                Arguments.of(1, metadata));
    }

    @ParameterizedTest
    @MethodSource("metadataMessages")
    void point5TakesMetadataWithOrWithoutItsNamesOnStream0Or1(int messageStreamId, byte[] payload) {
        WireBytes wire = start().message(4, 0, DATA, messageStreamId, payload);
        assertThat(ServerSide.events(wire)).containsExactly(PUBLISH, "metadata {width=1280, stereo=true}");
    }

    @Test
    void point5ReadsEveryAmfTypeInMetadataAndSkipsUnknownOnes() {
        byte[] metadata = object(
                property("a", strictArray(number(1), number(2))),
                property("b", date(0)),
                property("c", longString("long")),
                property("d", ecmaArray(99, property("x", nothing()))),
                property("e", undefined()),
                property("f", hex("0F 00000000")),
                property("g", hex("11 0601")));
        WireBytes wire = start().message(4, 0, DATA, 1, join(string("onMetaData"), metadata))
                .add(video(0, "17"));
        assertThat(ServerSide.events(wire))
                .containsExactly(
                        PUBLISH,
                        "metadata {a=[1, 2], b=date, c='long', d={x=null}, e=undefined, f=skipped, g=skipped}",
                        "video 0 17");
    }

    @Test
    void point5IgnoresOtherDataMessages() {
        WireBytes wire = start().message(4, 0, DATA, 1, join(string("onTextData"), object()));
        assertThat(ServerSide.events(wire)).containsExactly(PUBLISH);
    }

    @Test
    void point6TakesAmf3CommandAndDataMessages() {
        byte[] publish = join(new byte[] {0}, string("publish"), number(5), nothing(), string("key"));
        byte[] withoutEnvelope = join(string("createStream"), number(3), nothing());
        byte[] metadata = join(new byte[] {0}, string("onMetaData"), object(property("fps", number(30))));
        WireBytes wire = connect()
                .message(COMMANDS, 0, COMMAND_AMF3, 0, withoutEnvelope)
                .message(COMMANDS, 0, COMMAND_AMF3, 1, publish)
                .message(COMMANDS, 0, DATA_AMF3, 1, metadata);
        assertThat(ServerSide.events(wire)).containsExactly("publish live key {}", "metadata {fps=30}");
        assertThat(ServerSide.replies(wire)).contains("0 _result 3 null 1");
    }

    @Test
    void point6SplitsAggregatesAndKeepsTheDistancesOfTheirTimes() {
        byte[] aggregate = wire().add("09 000002 0003E8 00 000000 1701 0000000D")
                .add("08 000001 0003FD 00 000000 AF 0000000C")
                .add("63 000001 0003FD 00 000000 00 0000000C")
                .add("09 000001 FFFFFF FF 000000 27")
                .bytes();
        WireBytes wire = start().message(7, 5_000, AGGREGATE, 1, aggregate).add(audio(6_000, "AE"));
        assertThat(ServerSide.events(wire))
                .containsExactly(PUBLISH, "video 5000 1701", "audio 5021 af", "video 3999 27", "audio 6000 ae");
    }

    @Test
    void point6DropsAnAbortedMessageAndReadsInterleavedChunkStreams() {
        byte[] frame = counting(200);
        WireBytes wire = start().fmt0(6, 40, 200, VIDEO, 1)
                .add(Arrays.copyOf(frame, 128))
                .message(CONTROL, 0, 2, 0, hex("00000006"))
                .fmt0(6, 80, 200, VIDEO, 1)
                .add(Arrays.copyOf(frame, 128))
                .add(audio(81, "AF"))
                .fmt3(6)
                .add(Arrays.copyOfRange(frame, 128, 200));
        assertThat(ServerSide.events(wire))
                .containsExactly(
                        PUBLISH, "audio 81 af", "video 80 " + HexFormat.of().formatHex(frame));
    }

    @Test
    void point7ReadsEveryBasicHeaderAndAChunkSizeThatChangesAtAnyTime() {
        byte[] frame = counting(200);
        WireBytes wire = start().add("00 64 000001 000001 08 01000000 A1")
                .add("01 64 01 000002 000001 08 01000000 A2")
                .fmt0(6, 3, 200, VIDEO, 1)
                .add(Arrays.copyOf(frame, 128))
                .message(CONTROL, 0, SET_CHUNK_SIZE, 0, hex("00001000"))
                .fmt3(6)
                .add(Arrays.copyOfRange(frame, 128, 200))
                .fmt0(6, 4, 200, VIDEO, 1)
                .add(frame);
        String frameHex = HexFormat.of().formatHex(frame);
        assertThat(ServerSide.events(wire))
                .containsExactly(PUBLISH, "audio 1 a1", "audio 2 a2", "video 3 " + frameHex, "video 4 " + frameHex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000080", "00010000", "00FFFFFF", "7FFFFFFF"})
    void point7TakesChunkSizesFrom128BytesTo16MiB(String bytes) {
        byte[] frame = counting(128);
        WireBytes wire = start().message(CONTROL, 0, SET_CHUNK_SIZE, 0, hex(bytes))
                .fmt0(6, 3, 128, VIDEO, 1)
                .add(frame);
        assertThat(ServerSide.events(wire))
                .containsExactly(PUBLISH, "video 3 " + HexFormat.of().formatHex(frame));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000001", "0000007F", "00000000", "80000080"})
    void point7RefusesSmallerChunksAsAnAttack(String bytes) {
        WireBytes wire = start().message(CONTROL, 0, SET_CHUNK_SIZE, 0, hex(bytes));
        try (ServerSide server = new ServerSide()) {
            server.feed(Publisher.handshake());
            assertThatThrownBy(() -> server.feed(wire))
                    .isInstanceOfSatisfying(
                            RtmpException.class, e -> assertThat(e.reason()).isEqualTo(RtmpException.Reason.BAD_CHUNK));
        }
    }

    @Test
    void point8ReadsTimestampsThatWrapJumpAndGoBackWithAnExtendedTimestampRepeatedOrNot() {
        byte[] frame = counting(130);
        String frameHex = HexFormat.of().formatHex(frame);
        WireBytes wire = start().fmt0(6, 0xFFFFFF, 130, VIDEO, 1)
                .u32(0xFFFFFFFEL)
                .add(Arrays.copyOf(frame, 128))
                .fmt3(6)
                .u32(0xFFFFFFFEL)
                .add(Arrays.copyOfRange(frame, 128, 130))
                .fmt1(6, 4, 1, VIDEO)
                .add("27")
                .fmt0(6, 0xFFFFFF, 130, VIDEO, 1)
                .u32(0xFFFFFFL)
                .add(Arrays.copyOf(frame, 128))
                .fmt3(6)
                .add(Arrays.copyOfRange(frame, 128, 130))
                .add(video(9, "28"));
        assertThat(ServerSide.events(wire))
                .containsExactly(
                        PUBLISH,
                        "video 4294967294 " + frameHex,
                        "video 2 27",
                        "video 16777215 " + frameHex,
                        "video 9 28");
    }

    @Test
    void point9AcknowledgesWhenTheWindowIsReachedAndAnswersPings() {
        WireBytes wire = connect()
                .message(CONTROL, 0, 5, 0, hex("00002000"))
                .message(CONTROL, 0, 4, 0, hex("0006 0000ABCD"))
                .message(CONTROL, 0, 4, 0, hex("0003 00000001 00000BB8"))
                .message(CONTROL, 0, 4, 0, hex("001F"))
                .message(CONTROL, 0, 3, 0, hex("FFFFFFFF"));
        try (ServerSide server = new ServerSide()) {
            server.feed(Publisher.handshake());
            server.feed(wire);
            assertThat(server.replies().stream().skip(3))
                    .containsExactly("UserControl[event=PING_RESPONSE, data=43981]");
            int before = Publisher.handshake().length + wire.bytes().length;
            server.feed(wire().message(6, 0, VIDEO, 1, new byte[0x2000 - before]));
            int received = before
                    + wire().message(6, 0, VIDEO, 1, new byte[0x2000 - before]).bytes().length;
            assertThat(server.replies().stream().skip(4))
                    .containsExactly("Acknowledgement[sequenceNumber=" + received + "]");
        }
    }

    @Test
    void point9CountsReceivedBytesIn32BitsThatWrap() {
        ReceiveWindow window = new ReceiveWindow();
        window.resize(-1);
        assertThat(window.received(Integer.MAX_VALUE)).isFalse();
        assertThat(window.received(Integer.MAX_VALUE)).isFalse();
        assertThat(window.received(1)).isTrue();
        assertThat(window.sequenceNumber()).isEqualTo(-1);
        window.resize(10);
        assertThat(window.received(10)).isTrue();
        assertThat(window.sequenceNumber()).isEqualTo(9);
    }

    @Test
    void point10HandsOutPayloadsAsTheyCameEmptyOnesToo() {
        WireBytes wire = start().add(video(0, "17 01 FFFFD8 00000001 65"))
                .add(video(0, "57 00"))
                .add(video(0, ""))
                .add(audio(0, ""))
                .add(audio(0, "AF 01"));
        assertThat(ServerSide.events(wire))
                .containsExactly(
                        PUBLISH,
                        "video 0 1701ffffd80000000165",
                        "video 0 5700",
                        "video 0 ",
                        "audio 0 ",
                        "audio 0 af01");
    }
}
