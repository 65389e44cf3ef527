package io.lunarstream.rtmp.session;

import static io.lunarstream.rtmp.AmfBytes.nothing;
import static io.lunarstream.rtmp.AmfBytes.number;
import static io.lunarstream.rtmp.AmfBytes.object;
import static io.lunarstream.rtmp.AmfBytes.property;
import static io.lunarstream.rtmp.AmfBytes.strictArray;
import static io.lunarstream.rtmp.AmfBytes.string;
import static io.lunarstream.rtmp.WireBytes.wire;
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
import io.lunarstream.rtmp.handshake.DigestClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How encoders connect and ask to publish, one habit after the other, as bytes. The numbers are those of the
/// interoperability list for ingest.
class ConnectInteroperabilityTest {
    private static final String PUBLISH = "publish live key {pushToken=secret}";

    @Test
    void point1TakesAHandshakeWhoseC2EchoesNothing() {
        try (ServerSide server = new ServerSide()) {
            Feeding.oneByteAtATime(Publisher.handshake()).forEach(server::feed);
            server.feed(start());
            assertThat(server.events).containsExactly(PUBLISH);
        }
    }

    /// The digest's place is written at byte 8 or at byte 772; its client checks ours and echoes S1.
    @ParameterizedTest
    @ValueSource(ints = {8, 772})
    void point1TakesTheDigestFormInBothSchemas(int offsetField) {
        byte[] c1 = DigestClient.digestC1(offsetField);
        try (ServerSide server = new ServerSide()) {
            Feeding.oneByteAtATime(wire().u8(3).add(c1).add(new byte[1536]).bytes())
                    .forEach(server::feed);
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

    /// A drone's `fourCcList` names codecs that there are not.
    @Test
    void point2TakesAnEncoderThatNamesCodecsThatThereAreNot() {
        byte[] codecs = strictArray(string("H265"), number(7), nothing(), string(""));
        WireBytes wire = connect(property("app", string("live")), property("fourCcList", codecs))
                .add(publish("key"));
        assertThat(ServerSide.events(wire)).containsExactly("publish live key {}");
    }

    @Test
    void point2AnswersWhatEnhancedEncodersAnnounceInAmf0() {
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
                        "0 _result 1 {fmsVer='FMS/3,5,7,7009', capabilities=31, fourCcList=['hvc1', 'hev1', 'av01',"
                                + " 'vp09', 'avc1', 'Opus', 'fLaC', 'ac-3', 'mp4a'], videoFourCcInfoMap={hvc1=4, hev1=4,"
                                + " av01=4, vp09=4, avc1=4}, audioFourCcInfoMap={Opus=4, fLaC=4, ac-3=4, mp4a=4},"
                                + " capsEx=4} {level='status', code='NetConnection.Connect.Success',"
                                + " description='Connection succeeded.', objectEncoding=0}");
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
