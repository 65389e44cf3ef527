package io.lunarstream.rtmp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.fuzz.CountedMemory;
import io.lunarstream.rtmp.Feeding;
import io.lunarstream.rtmp.WireBytes;
import io.lunarstream.rtmp.amf.AmfValue;
import io.lunarstream.rtmp.amf.AmfValue.AmfBoolean;
import io.lunarstream.rtmp.amf.AmfValue.AmfNumber;
import io.lunarstream.rtmp.amf.AmfValue.AmfProperties;
import io.lunarstream.rtmp.amf.AmfValue.AmfString;
import io.lunarstream.rtmp.message.Command;
import io.lunarstream.rtmp.message.MessageReader;
import io.lunarstream.rtmp.message.MessageResult;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A session that lets everybody in, with all that came out of it as text.
final class ServerSide implements AutoCloseable {
    private static final int HANDSHAKE_ANSWER_BYTES = 1 + 2 * 1536;

    /// Far more than the inputs of tests should cost.
    private static final int MOST_MEMORY = 8 << 20;

    private final CountedMemory memory = new CountedMemory(MOST_MEMORY);
    final PublishSession session = new PublishSession(new Random(1), memory);
    final List<String> events = new ArrayList<>();
    private final ByteBuf output = Unpooled.buffer();

    /// Events of a session after the handshake, checked to be the same however the bytes are cut.
    static List<String> events(WireBytes wire) {
        List<String> whole = events(List.of(wire.bytes()));
        for (List<byte[]> pieces : Feeding.everyWay(wire.bytes())) {
            assertThat(events(pieces)).isEqualTo(whole);
        }
        return whole;
    }

    private static List<String> events(List<byte[]> pieces) {
        try (ServerSide server = new ServerSide()) {
            server.feed(Publisher.handshake());
            pieces.forEach(server::feed);
            return server.events;
        }
    }

    /// What a session answers after the handshake.
    static List<String> replies(WireBytes wire) {
        try (ServerSide server = new ServerSide()) {
            server.feed(Publisher.handshake());
            server.feed(wire.bytes());
            return server.replies();
        }
    }

    void feed(WireBytes wire) {
        feed(wire.bytes());
    }

    void feed(byte[] bytes) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        try {
            SessionEvent event = session.read(in);
            while (!(event instanceof SessionEvent.NeedMoreBytes)) {
                events.add(dump(event));
                if (event instanceof SessionEvent.PublishRequested) {
                    session.acceptPublish();
                }
                event = session.read(in);
            }
            assertThat(in.isReadable()).isFalse();
        } finally {
            session.writeOutput(output);
        }
    }

    /// Everything sent so far, but for the handshake.
    List<String> replies() {
        session.writeOutput(output);
        ByteBuf in = output.slice().skipBytes(HANDSHAKE_ANSWER_BYTES);
        List<String> replies = new ArrayList<>();
        try (MessageReader reader = new MessageReader(UnpooledByteBufAllocator.DEFAULT)) {
            while (reader.read(in) instanceof MessageResult.MessageRead read) {
                replies.add(
                        read.message() instanceof Command command
                                ? read.messageStreamId() + " " + dump(command)
                                : read.message().toString());
            }
        }
        return replies;
    }

    @Override
    public void close() {
        session.close();
        memory.close();
    }

    private static String dump(SessionEvent event) {
        return switch (event) {
            case SessionEvent.NeedMoreBytes _ -> throw new AssertionError("not an event");
            case SessionEvent.PublishRequested(PublishAddress address) ->
                "publish %s %s %s".formatted(address.app(), address.streamKey(), new TreeMap<>(address.parameters()));
            case SessionEvent.VideoReceived(long timestampMs, ByteBuf payload) ->
                "video %d %s".formatted(timestampMs, ByteBufUtil.hexDump(payload));
            case SessionEvent.AudioReceived(long timestampMs, ByteBuf payload) ->
                "audio %d %s".formatted(timestampMs, ByteBufUtil.hexDump(payload));
            case SessionEvent.MetadataReceived(AmfProperties metadata) -> "metadata " + dump(metadata);
            case SessionEvent.PublishEnded() -> "end";
        };
    }

    private static String dump(Command command) {
        return "%s %.0f %s"
                .formatted(
                        command.name(),
                        command.transactionId(),
                        command.arguments().stream().map(ServerSide::dump).collect(Collectors.joining(" ")));
    }

    private static String dump(AmfValue value) {
        return switch (value) {
            case AmfProperties object ->
                object.properties().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + dump(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case AmfNumber(double number) -> "%.0f".formatted(number);
            case AmfString(String text) -> "'" + text + "'";
            case AmfBoolean(boolean bit) -> String.valueOf(bit);
            case AmfValue.AmfStrictArray array ->
                array.values().stream().map(ServerSide::dump).toList().toString();
            case AmfValue.AmfDate _ -> "date";
            case AmfValue.AmfNull _ -> "null";
            case AmfValue.AmfUndefined _ -> "undefined";
            case AmfValue.AmfSkipped _ -> "skipped";
        };
    }
}
