package io.lunarstream.rtmp.session;

import static io.lunarstream.rtmp.AmfBytes.nothing;
import static io.lunarstream.rtmp.AmfBytes.property;
import static io.lunarstream.rtmp.AmfBytes.string;
import static io.lunarstream.rtmp.WireBytes.wire;
import static io.lunarstream.rtmp.session.Publisher.VIDEO;
import static io.lunarstream.rtmp.session.Publisher.command;
import static io.lunarstream.rtmp.session.Publisher.connect;
import static io.lunarstream.rtmp.session.Publisher.createStream;
import static io.lunarstream.rtmp.session.Publisher.publish;
import static io.lunarstream.rtmp.session.Publisher.start;
import static io.lunarstream.rtmp.session.Publisher.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import io.lunarstream.rtmp.WireBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PublishSessionTest {

    @Test
    void answersAPublisherFromConnectToTheStartOfMedia() {
        assertThat(ServerSide.replies(start()))
                .containsExactly(
                        "WindowAcknowledgementSize[bytes=2500000]",
                        "SetPeerBandwidth[windowBytes=2500000, limitType=2]",
                        "0 _result 1 {fmsVer='FMS/3,5,7,7009', capabilities=31} {level='status', "
                                + "code='NetConnection.Connect.Success', description='Connection succeeded.', "
                                + "objectEncoding=0}",
                        "0 _result 4 null 1",
                        "UserControl[event=STREAM_BEGIN, data=1]",
                        "1 onStatus 0 null {level='status', code='NetStream.Publish.Start', "
                                + "description='Publishing.'}");
    }

    @Test
    void sendsSetChunkSizeBeforeTheResultOfConnect() {
        try (ServerSide server = new ServerSide()) {
            server.session.read(Unpooled.wrappedBuffer(Publisher.handshake()));
            server.session.writeOutput(Unpooled.buffer());
            server.session.read(Unpooled.wrappedBuffer(connect().bytes()));
            ByteBuf out = Unpooled.buffer();
            server.session.writeOutput(out);
            byte[] begin = new byte[16 + 17 + 16];
            out.readBytes(begin);
            assertThat(begin)
                    .isEqualTo(wire().add("02 000000 000004 05 00000000 002625A0")
                            .add("02 000000 000005 06 00000000 002625A0 02")
                            .add("02 000000 000004 01 00000000 00010000")
                            .bytes());
        }
    }

    @Test
    void hasOutputUntilItIsWritten() {
        try (ServerSide server = new ServerSide()) {
            assertThat(server.session.hasOutput()).isFalse();
            server.session.read(Unpooled.wrappedBuffer(Publisher.handshake()));
            assertThat(server.session.hasOutput()).isTrue();
            server.session.writeOutput(Unpooled.buffer());
            assertThat(server.session.hasOutput()).isFalse();
        }
    }

    @Test
    void refusesASecondConnect() {
        assertBreaks(
                connect().add(connect()),
                Reason.COMMAND_OUT_OF_ORDER,
                "0 _error 1 null {level='error', code='NetConnection.Connect.Rejected', "
                        + "description='already connected'}");
    }

    @Test
    void refusesPublishBeforeConnect() {
        assertBreaks(
                publish("key"),
                Reason.COMMAND_OUT_OF_ORDER,
                "1 onStatus 0 null {level='error', code='NetStream.Publish.Rejected', description='connect first'}");
    }

    @Test
    void refusesToPlay() {
        assertBreaks(
                connect().add(createStream()).add(command(1, "play", 5, nothing(), string("key"))),
                Reason.PLAY_NOT_OFFERED,
                "1 onStatus 0 null {level='error', code='NetStream.Play.Failed', "
                        + "description='no playback over RTMP here: use HLS'}");
    }

    @Test
    void refusesAnAddressWithoutAStreamKeyInWordsThatTheEncoderShows() {
        assertBreaks(
                connect(property("app", string(""))).add(publish("")),
                Reason.BAD_ADDRESS,
                "1 onStatus 0 null {level='error', code='NetStream.Publish.BadName', "
                        + "description='the publish address has no stream key'}");
    }

    @Test
    void refusesASecondPublishAndGoesOnWithTheFirst() {
        WireBytes wire = start().add(publish("other")).add(video(1, "17"));
        assertThat(ServerSide.events(wire)).containsExactly("publish live key {pushToken=secret}", "video 1 17");
        assertThat(ServerSide.replies(wire).getLast()).contains("NetStream.Publish.BadName");
    }

    @Test
    void ignoresMediaAndGoodbyesWhileNobodyPublishes() {
        WireBytes wire = connect()
                .add(video(0, "17"))
                .add(command(0, "FCUnpublish", 2, nothing(), string("key")))
                .add(command(1, "closeStream", 0, nothing()));
        assertThat(ServerSide.events(wire)).isEmpty();
    }

    @Test
    void readsLongMessagesOnlyFromAPublisherThatWasLetIn() {
        byte[] frame = new byte[70_000];
        try (ServerSide server = new ServerSide()) {
            server.feed(Publisher.handshake());
            server.feed(start().message(6, 0, VIDEO, 1, frame));
            assertThat(server.events).hasSize(2);
        }
        assertBreaks(
                connect().message(6, 0, VIDEO, 1, frame),
                Reason.LIMIT_EXCEEDED,
                ServerSide.replies(connect()).getLast());
    }

    @Test
    void throwsOutAPublisherThatWasLetIn() {
        try (ServerSide server = new ServerSide()) {
            server.feed(Publisher.handshake());
            server.feed(start());
            server.session.refusePublish(PublishRefusalStatus.BAD_NAME, "REPLACED: another encoder took over");
            server.feed(video(1, "17"));
            assertThat(server.events).hasSize(1);
            assertThat(server.replies().getLast())
                    .contains("NetStream.Publish.BadName", "REPLACED: another encoder took over");
        }
    }

    @Test
    void wantsADecisionBeforeItReadsOn() {
        try (ServerSide server = new ServerSide()) {
            server.feed(Publisher.handshake());
            ByteBuf in = Unpooled.wrappedBuffer(start().bytes());
            assertThat(server.session.read(in)).isInstanceOf(SessionEvent.PublishRequested.class);
            assertThatThrownBy(() -> server.session.read(in)).isInstanceOf(IllegalStateException.class);
            server.session.acceptPublish();
            assertThatThrownBy(server.session::acceptPublish).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void givesBackAllMemoryWhereverAConnectionBreaks() {
        byte[] bytes = wire().add(Publisher.handshake())
                .add(start())
                .message(6, 0, VIDEO, 1, new byte[300])
                .bytes();
        for (int cut = Publisher.handshake().length - 10; cut < bytes.length; cut++) {
            // Closing checks the allocator's books.
            try (ServerSide server = new ServerSide()) {
                server.feed(Arrays.copyOf(bytes, cut));
                assertThat(server.events.size()).isLessThan(2);
            }
        }
    }

    @Test
    void neverRetainsTheInput() {
        try (ServerSide server = new ServerSide()) {
            ByteBuf in = Unpooled.wrappedBuffer(wire().add(Publisher.handshake())
                    .add(start())
                    .add(video(0, "17"))
                    .bytes());
            assertThat(server.session.read(in)).isInstanceOf(SessionEvent.PublishRequested.class);
            server.session.acceptPublish();
            assertThat(server.session.read(in)).isInstanceOf(SessionEvent.VideoReceived.class);
            assertThat(in.refCnt()).isEqualTo(1);
            in.release();
        }
    }

    private static void assertBreaks(WireBytes wire, Reason reason, String lastReply) {
        try (ServerSide server = new ServerSide()) {
            server.feed(Publisher.handshake());
            assertThatThrownBy(() -> server.feed(wire))
                    .isInstanceOfSatisfying(
                            RtmpException.class, e -> assertThat(e.reason()).isEqualTo(reason));
            assertThat(server.replies().getLast()).isEqualTo(lastReply);
        }
    }
}
