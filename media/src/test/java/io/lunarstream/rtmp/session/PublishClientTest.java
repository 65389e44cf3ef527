package io.lunarstream.rtmp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.rtmp.AmfBytes;
import io.lunarstream.rtmp.WireBytes;
import io.lunarstream.rtmp.amf.AmfValue.AmfProperties;
import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Our client against our server, in memory.
class PublishClientTest {
    private static final PublishTarget TARGET = PublishTarget.parse("rtmp://host/live/key?pushToken=secret");

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(/* preferDirect= */ false);
    private final PublishClient client = new PublishClient(TARGET, new Random(2), allocator);
    private final PublishSession server = new PublishSession(new Random(3), allocator);
    private final List<String> seenByServer = new ArrayList<>();

    @AfterEach
    void givesBackAllMemory() {
        client.close();
        server.close();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void publishesMediaAndSaysGoodbye() {
        assertThat(shakeHandsUntilTheServerIsAsked()).isEqualTo("live key {pushToken=secret}");
        server.acceptPublish();
        assertThat(deliverToClient()).isInstanceOf(ClientEvent.PublishAccepted.class);

        ByteBuf frame = Unpooled.wrappedBuffer(WireBytes.counting(200_000));
        ByteBuf out = Unpooled.buffer();
        byte[] metadata = AmfBytes.object(AmfBytes.property("fps", AmfBytes.number(30)));
        client.writeMetadata(Unpooled.wrappedBuffer(AmfBytes.string("onMetaData"), metadata), out);
        client.writeMedia(MessageType.VIDEO, 0, frame, out);
        client.writeMedia(MessageType.AUDIO, 0xFFFF_FFFFL, Unpooled.wrappedBuffer(new byte[] {7}), out);
        client.writeMedia(MessageType.VIDEO, (1L << 32) + 5, Unpooled.EMPTY_BUFFER, out);
        client.writeGoodbye(out);
        deliverToServer(out);

        assertThat(frame.readableBytes()).isEqualTo(200_000);
        assertThat(seenByServer)
                .containsExactly(
                        "metadata {fps=AmfNumber[value=30.0]}",
                        "video 0 " + HexFormat.of().formatHex(WireBytes.counting(200_000)),
                        "audio 4294967295 07",
                        "video 5 ",
                        "end");
    }

    @Test
    void learnsWhyItIsRefused() {
        shakeHandsUntilTheServerIsAsked();
        server.refusePublish(PublishRefusalStatus.DENIED, "TOKEN_MISMATCH: Push token does not match stream");
        assertThat(deliverToClient())
                .isEqualTo(new ClientEvent.PublishRefused(
                        "NetStream.Publish.Denied", "TOKEN_MISMATCH: Push token does not match stream"));
    }

    @Test
    void sendsNoMediaBeforeItIsLetIn() {
        assertThatThrownBy(() -> client.writeMedia(MessageType.VIDEO, 0, Unpooled.EMPTY_BUFFER, Unpooled.buffer()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.writeGoodbye(Unpooled.buffer())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void answersPings() {
        shakeHandsUntilTheServerIsAsked();
        ByteBuf ping = Unpooled.wrappedBuffer(WireBytes.hex("02 000000 000006 04 00000000 0006 01020304"));
        assertThat(client.read(ping)).isInstanceOf(ClientEvent.NeedMoreBytes.class);
        ByteBuf out = Unpooled.buffer();
        client.writeOutput(out);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("02000000000006040000000000" + "0701020304");
    }

    @ParameterizedTest
    @CsvSource({
        "rtmp://host/live/key, host, 1935, false, live, key",
        "rtmp://host:1936/live/key?a=b/c&d, host, 1936, false, live, key?a=b/c&d",
        "RTMPS://host/a/b/key, host, 443, true, a/b, key",
        "rtmp://[::1]/live/key, [::1], 1935, false, live, key",
    })
    void takesAddressesApart(String url, String host, int port, boolean secure, String app, String streamName) {
        assertThat(PublishTarget.parse(url)).isEqualTo(new PublishTarget(secure, host, port, app, streamName));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "live/key",
                "http://host/live/key",
                "rtmp://host",
                "rtmp://host/key",
                "rtmp://host/live/",
                "rtmp://host:0/live/key",
                "rtmp://host:65536/live/key"
            })
    void refusesWhatIsNoAddress(String url) {
        assertThatThrownBy(() -> PublishTarget.parse(url + "?pushToken=secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rtmp://host:1935/live/streamKey")
                .hasMessageNotContaining("secret");
    }

    @Test
    void keepsItsTargetSecret() {
        assertThat(TARGET.toString()).contains("host").doesNotContain("secret", "live");
    }

    private String shakeHandsUntilTheServerIsAsked() {
        while (true) {
            ByteBuf toServer = Unpooled.buffer();
            client.writeOutput(toServer);
            assertThat(toServer.isReadable())
                    .as("the client has something to say")
                    .isTrue();
            if (server.read(toServer) instanceof SessionEvent.PublishRequested(PublishAddress address)) {
                assertThat(toServer.isReadable()).isFalse();
                return "%s %s %s".formatted(address.app(), address.streamKey(), address.parameters());
            }
            assertThat(deliverToClient()).isInstanceOf(ClientEvent.NeedMoreBytes.class);
        }
    }

    private ClientEvent deliverToClient() {
        ByteBuf toClient = Unpooled.buffer();
        server.writeOutput(toClient);
        return client.read(toClient);
    }

    private void deliverToServer(ByteBuf in) {
        SessionEvent event = server.read(in);
        while (!(event instanceof SessionEvent.NeedMoreBytes)) {
            seenByServer.add(
                    switch (event) {
                        case SessionEvent.VideoReceived(long timestampMs, ByteBuf payload) ->
                            "video " + timestampMs + " " + ByteBufUtil.hexDump(payload);
                        case SessionEvent.AudioReceived(long timestampMs, ByteBuf payload) ->
                            "audio " + timestampMs + " " + ByteBufUtil.hexDump(payload);
                        case SessionEvent.PublishEnded() -> "end";
                        case SessionEvent.MetadataReceived(AmfProperties metadata) ->
                            "metadata " + metadata.properties();
                        case SessionEvent.PublishRequested _, SessionEvent.NeedMoreBytes _ ->
                            throw new AssertionError(event.toString());
                    });
            event = server.read(in);
        }
    }
}
