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
import static io.lunarstream.rtmp.session.Publisher.command;
import static io.lunarstream.rtmp.session.Publisher.connect;
import static io.lunarstream.rtmp.session.Publisher.createStream;
import static io.lunarstream.rtmp.session.Publisher.publish;
import static io.lunarstream.rtmp.session.Publisher.start;
import static io.lunarstream.rtmp.session.Publisher.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.rtmp.Feeding;
import io.lunarstream.rtmp.WireBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One encoder's habit after the other, as bytes. The numbers are those of the interoperability list for ingest.
class InteroperabilityTest {
    private static final String PUBLISH = "publish live key {pushToken=secret}";

    @Test
    void point1TakesAHandshakeWhoseC2EchoesNothing() {
        try (ServerSide server = new ServerSide()) {
            Feeding.oneByteAtATime(Publisher.handshake()).forEach(server::feed);
            server.feed(start());
            assertThat(server.events).containsExactly(PUBLISH);
        }
    }

    @Test
    void point1TakesMessagesThatFollowC2InTheSamePiece() {
        try (ServerSide server = new ServerSide()) {
            server.feed(wire().add(Publisher.handshake()).add(start()).add(video(0, "17")));
            assertThat(server.events).containsExactly(PUBLISH, "video 0 17");
        }
    }

    static Stream<Arguments> connects() {
        String url = "rtmp://host:1935/live";
        return Stream.of(
                Arguments.of("live", "lower-case key", property("tcurl", string(url))),
                Arguments.of("live", "leading quote", property("tcUrl", string("'" + url))),
                Arguments.of("live", "quotes", property("tcUrl", string("\"" + url + "\""))),
                Arguments.of("live", "trailing slash", property("tcUrl", string(url + "/"))),
                Arguments.of("live", "default instance", property("tcUrl", string(url + "/_definst_"))),
                Arguments.of("live", "missing", property("type", string("nonprivate"))),
                Arguments.of("live", "empty", property("tcUrl", string(""))),
                Arguments.of("live", "host only", property("tcUrl", string("rtmp://host:1935"))),
                Arguments.of("live", "with the name", property("tcUrl", string(url + "/key"))),
                Arguments.of("live", "no text", property("tcUrl", nothing())),
                Arguments.of("", "empty app", property("tcUrl", string(url))),
                Arguments.of("/live/", "slashes around app", property("tcUrl", string(url))),
                Arguments.of("live/_definst_", "default instance in app", property("tcUrl", string(url))));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("connects")
    void point2TakesEveryWayToConnect(String app, String name, byte[] tcUrl) {
        WireBytes wire = connect(property("app", string(app)), tcUrl).add(publish("key"));
        assertThat(ServerSide.events(wire)).as(name).containsExactly("publish live key {}");
    }

    @Test
    void point2TakesAnAppOfManyParts() {
        WireBytes wire = connect(property("app", string("eu/west/live"))).add(publish("key"));
        assertThat(ServerSide.events(wire)).containsExactly("publish eu/west/live key {}");
    }

    @Test
    void point2ToleratesWhatEnhancedEncodersAnnounceAndAnswersAmf0() {
        byte[] codecs = strictArray(string("av01"), string("hvc1"));
        WireBytes wire = connect(
                property("app", string("live")),
                property("fourCcList", codecs),
                property("capsEx", number(15)),
                property("videoFourCcInfoMap", object(property("*", number(7)))),
                property("objectEncoding", number(3)));
        assertThat(ServerSide.replies(wire))
                .containsExactly(
                        "WindowAcknowledgementSize[bytes=2500000]",
                        "SetPeerBandwidth[windowBytes=2500000, limitType=2]",
                        "0 _result 1 {fmsVer='FMS/3,5,7,7009', capabilities=31} {level='status', "
                                + "code='NetConnection.Connect.Success', description='Connection succeeded.', "
                                + "objectEncoding=0}");
    }

    @Test
    void point3AnswersTheCallsOfEncodersInAnyOrder() {
        WireBytes wire = connect()
                .add(command(0, "createStream", 2, nothing()))
                .add(command(0, "FCPublish", 3, nothing(), string("key")))
                .add(command(0, "releaseStream", 4, nothing(), string("key")))
                .add(command(0, "_checkbw", 5, nothing()))
                .add(command(0, "getStreamLength", 6, nothing(), string("key")))
                .add(command(0, "createStream", 7, nothing()));
        assertThat(ServerSide.replies(wire).stream().skip(3))
                .containsExactly(
                        "0 _result 2 null 1",
                        "0 _result 3 null null",
                        "0 onFCPublish 0 null {code='NetStream.Publish.Start', description='Ready to publish.'}",
                        "0 _result 4 null null",
                        "0 _result 5 null null",
                        "0 _result 6 null 0",
                        "0 _result 7 null 2");
    }

    @Test
    void point3NeverAnswersTransaction0OrUnknownCallsWithAnError() {
        WireBytes wire = connect()
                .add(command(0, "releaseStream", 0, nothing(), string("key")))
                .add(command(0, "_checkbw", 0))
                .add(command(0, "setPeerInfo", 0, nothing()))
                .add(command(0, "setPeerInfo", 9, nothing()));
        assertThat(ServerSide.replies(wire).stream().skip(3)).isEmpty();
    }

    @Test
    void point4TakesPublishWithoutItsThirdArgument() {
        WireBytes wire = connect().add(command(1, "publish", 5, nothing(), string("key")));
        assertThat(ServerSide.events(wire)).containsExactly("publish live key {}");
    }

    @Test
    void point4TakesPublishWithoutAName() {
        WireBytes wire = connect(property("app", string("live/key"))).add(command(1, "publish", 5, nothing()));
        assertThat(ServerSide.events(wire)).containsExactly("publish live key {}");
    }

    @Test
    void point4TakesSeveralPublishCyclesOnOneConnection() {
        WireBytes wire = start().add(video(1, "17"))
                .add(command(0, "FCUnpublish", 6, nothing(), string("key")))
                .add(command(0, "deleteStream", 7, nothing(), number(1)))
                .add(video(2, "27"))
                .add(createStream())
                .add(command(2, "publish", 8, nothing(), string("key")))
                .add(audio(3, "AF"))
                .add(command(0, "deleteStream", 9, nothing(), number(1)))
                .add(command(0, "deleteStream", 9, nothing(), number(2)))
                .add(publish("key"))
                .add(command(1, "closeStream", 0, nothing()));
        assertThat(ServerSide.events(wire))
                .containsExactly(
                        PUBLISH,
                        "video 1 17",
                        "end",
                        "publish live key {}",
                        "audio 3 af",
                        "end",
                        "publish live key {}",
                        "end");
    }

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

    @Test
    void point11FindsTheStreamKeyAndItsQueryWhereverTheyAre() {
        WireBytes wire = connect(
                        property("app", string("live/key?pushToken=secret")),
                        property("tcUrl", string("rtmp://host/live/key?pushToken=secret")))
                .add(publish("?pushToken=secret"));
        assertThat(ServerSide.events(wire)).containsExactly(PUBLISH);
    }

    @Test
    void point13LeavesMediaThatArriveBeforeTheAnswerInTheInput() {
        try (ServerSide server = new ServerSide()) {
            server.feed(Publisher.handshake());
            ByteBuf in = Unpooled.wrappedBuffer(
                    start().add(video(0, "17")).add(audio(0, "AF")).bytes());
            assertThat(server.session.read(in)).isInstanceOf(SessionEvent.PublishRequested.class);
            assertThat(in.readableBytes())
                    .isEqualTo(video(0, "17").bytes().length + audio(0, "AF").bytes().length);
            server.session.acceptPublish();
            assertThat(server.session.read(in)).isInstanceOf(SessionEvent.VideoReceived.class);
            assertThat(server.session.read(in)).isInstanceOf(SessionEvent.AudioReceived.class);
            assertThat(server.session.read(in)).isInstanceOf(SessionEvent.NeedMoreBytes.class);
        }
    }

    @Test
    void point13SaysWhyAPublisherIsRefusedAndIgnoresTheRest() {
        try (ServerSide server = new ServerSide()) {
            server.feed(Publisher.handshake());
            ByteBuf in = Unpooled.wrappedBuffer(start().add(video(0, "17")).bytes());
            assertThat(server.session.read(in)).isInstanceOf(SessionEvent.PublishRequested.class);
            server.session.refusePublish(PublishRefusalStatus.DENIED, "EXPIRED_PUSH_TOKEN: Push token has expired");
            assertThat(server.session.read(in)).isInstanceOf(SessionEvent.NeedMoreBytes.class);
            assertThat(in.isReadable()).isFalse();
            List<String> replies = new ArrayList<>(server.replies());
            assertThat(replies.getLast())
                    .isEqualTo("1 onStatus 0 null {level='error', code='NetStream.Publish.Denied', "
                            + "description='EXPIRED_PUSH_TOKEN: Push token has expired'}");
        }
    }
}
