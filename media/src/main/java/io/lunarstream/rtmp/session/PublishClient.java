package io.lunarstream.rtmp.session;

import io.lunarstream.rtmp.amf.AmfValue;
import io.lunarstream.rtmp.amf.AmfValue.AmfNumber;
import io.lunarstream.rtmp.amf.AmfValue.AmfObject;
import io.lunarstream.rtmp.amf.AmfValue.AmfProperties;
import io.lunarstream.rtmp.amf.AmfValue.AmfString;
import io.lunarstream.rtmp.amf.AmfWriter;
import io.lunarstream.rtmp.chunk.MessageType;
import io.lunarstream.rtmp.handshake.ClientHandshake;
import io.lunarstream.rtmp.message.Acknowledgement;
import io.lunarstream.rtmp.message.Command;
import io.lunarstream.rtmp.message.Message;
import io.lunarstream.rtmp.message.MessageReader;
import io.lunarstream.rtmp.message.MessageResult;
import io.lunarstream.rtmp.message.MessageWriter;
import io.lunarstream.rtmp.message.SetChunkSize;
import io.lunarstream.rtmp.message.UserControl;
import io.lunarstream.rtmp.message.WindowAcknowledgementSize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A publisher's connection as the publisher sees it: bytes in, events and bytes out, without I/O and without a
/// clock.
///
/// For one thread at a time. Source: RTMP 1.0, section 7.2.
public final class PublishClient implements AutoCloseable {
    /// Most frames go in one piece then, and a server can take them without copying.
    private static final int CHUNK_SIZE = 64 << 10;

    private static final int CONNECT = 1;
    private static final int RELEASE_STREAM = 2;
    private static final int FC_PUBLISH = 3;
    private static final int CREATE_STREAM = 4;
    private static final int PUBLISH = 5;
    private static final int FC_UNPUBLISH = 6;
    private static final int DELETE_STREAM = 7;

    private static final ClientEvent NOTHING = new ClientEvent.NeedMoreBytes();

    private enum State {
        HANDSHAKE,
        CONNECTED,
        PUBLISHING,
        ENDED
    }

    private final PublishTarget target;
    private final ClientHandshake handshake;
    private final PendingOutput output;
    private final MessageReader messages;
    private final MessageWriter writer = new MessageWriter();
    private final ReceiveWindow window = new ReceiveWindow();
    private State state = State.HANDSHAKE;
    private int messageStreamId;

    /// The first output is there at once.
    ///
    /// @param random for the handshake
    /// @param allocator where memory for messages in several pieces and for output comes from
    public PublishClient(PublishTarget target, RandomGenerator random, ByteBufAllocator allocator) {
        this.target = target;
        output = new PendingOutput(allocator);
        messages = new MessageReader(allocator);
        handshake = new ClientHandshake(random);
        handshake.start(output.buffer());
    }

    /// Reads up to the next event.
    ///
    /// To be called until it answers [ClientEvent.NeedMoreBytes]: then all of `in` has been taken. After every call
    /// there may be output to send.
    ///
    /// @throws io.lunarstream.rtmp.RtmpException if the server broke the protocol: close the connection
    public ClientEvent read(ByteBuf in) {
        int before = in.readableBytes();
        ClientEvent event = state == State.HANDSHAKE && !shakeHands(in) ? NOTHING : readMessages(in);
        if (window.received(before - in.readableBytes())) {
            send(new Acknowledgement(window.sequenceNumber()));
        }
        return event;
    }

    /// Whether there are bytes to send, apart from media.
    public boolean hasOutput() {
        return !output.isEmpty();
    }

    /// Appends what must be sent now to `out`, and forgets it.
    public void writeOutput(ByteBuf out) {
        output.drainTo(out);
    }

    /// Appends one media message to `out`, after whatever output was pending. To be called once accepted.
    ///
    /// @param type audio or video
    /// @param timestampMs milliseconds; the low 32 bits are sent
    /// @param payload the body of an FLV tag, between its indexes, which stay where they are: clients may share it
    public void writeMedia(MessageType type, long timestampMs, ByteBuf payload, ByteBuf out) {
        requirePublishing();
        writeOutput(out);
        writer.write(type, timestampMs, messageStreamId, payload, out);
    }

    /// Appends metadata to `out`, after whatever output was pending. To be called once accepted.
    ///
    /// @param scriptData the body of an FLV script tag (`onMetaData` and its values)
    public void writeMetadata(ByteBuf scriptData, ByteBuf out) {
        requirePublishing();
        writeOutput(out);
        ByteBuf prefixed = Unpooled.buffer();
        AmfWriter.write(new AmfString("@setDataFrame"), prefixed);
        prefixed.writeBytes(scriptData, scriptData.readerIndex(), scriptData.readableBytes());
        writer.write(MessageType.DATA_AMF0, /* timestampMs= */ 0, messageStreamId, prefixed, out);
    }

    /// Appends the goodbye to `out`, after which the connection is to be closed.
    public void writeGoodbye(ByteBuf out) {
        requirePublishing();
        writeOutput(out);
        state = State.ENDED;
        AmfString name = new AmfString(target.streamName());
        AmfNumber stream = new AmfNumber(messageStreamId);
        writer.write(Command.of("FCUnpublish", FC_UNPUBLISH, AmfValue.NULL, name), 0, 0, out);
        writer.write(Command.of("deleteStream", DELETE_STREAM, AmfValue.NULL, stream), 0, 0, out);
    }

    /// Gives back all memory.
    @Override
    public void close() {
        state = State.ENDED;
        messages.close();
        output.release();
    }

    private void requirePublishing() {
        if (state != State.PUBLISHING) {
            throw new IllegalStateException("not publishing");
        }
    }

    private boolean shakeHands(ByteBuf in) {
        if (!handshake.read(in, output.buffer())) {
            return false;
        }
        state = State.CONNECTED;
        Map<String, AmfValue> properties = new LinkedHashMap<>();
        properties.put("app", new AmfString(target.app()));
        properties.put("type", new AmfString("nonprivate"));
        properties.put("flashVer", new AmfString("FMLE/3.0 (compatible; Lunar Stream)"));
        properties.put("tcUrl", new AmfString(target.tcUrl()));
        send(Command.of("connect", CONNECT, new AmfObject(properties)));
        return true;
    }

    private ClientEvent readMessages(ByteBuf in) {
        while (true) {
            switch (messages.read(in)) {
                case MessageResult.NeedMoreBytes _ -> {
                    return NOTHING;
                }
                case MessageResult.MessageRead read -> {
                    ClientEvent event = handle(read.message());
                    if (!(event instanceof ClientEvent.NeedMoreBytes)) {
                        return event;
                    }
                }
            }
        }
    }

    private ClientEvent handle(Message message) {
        if (message instanceof Command command) {
            return handle(command);
        }
        if (message instanceof UserControl(UserControl.Event event, int timestampMs)
                && event == UserControl.Event.PING_REQUEST) {
            send(new UserControl(UserControl.Event.PING_RESPONSE, timestampMs));
        }
        if (message instanceof WindowAcknowledgementSize(int bytes)) {
            window.resize(bytes);
        }
        return NOTHING;
    }

    private ClientEvent handle(Command command) {
        return switch (command.name()) {
            case "_result" -> result(command);
            case "_error" -> error(command);
            case "onStatus" -> status(command);
            default -> NOTHING;
        };
    }

    private ClientEvent result(Command command) {
        if (command.transactionId() == CONNECT) {
            AmfString name = new AmfString(target.streamName());
            send(new SetChunkSize(CHUNK_SIZE));
            send(Command.of("releaseStream", RELEASE_STREAM, AmfValue.NULL, name));
            send(Command.of("FCPublish", FC_PUBLISH, AmfValue.NULL, name));
            send(Command.of("createStream", CREATE_STREAM, AmfValue.NULL));
        } else if (command.transactionId() == CREATE_STREAM && command.argument(1) instanceof AmfNumber(double id)) {
            messageStreamId = (int) id;
            Command publish = Command.of(
                    "publish", PUBLISH, AmfValue.NULL, new AmfString(target.streamName()), new AmfString("live"));
            writer.write(publish, /* timestampMs= */ 0, messageStreamId, output.buffer());
        }
        return NOTHING;
    }

    /// Servers answer calls that they do not know with an error; only these two are needed.
    private ClientEvent error(Command command) {
        boolean needed = command.transactionId() == CONNECT || command.transactionId() == CREATE_STREAM;
        return needed ? refused(command) : NOTHING;
    }

    private ClientEvent status(Command command) {
        if (text(command, "level").equals("error")) {
            return refused(command);
        }
        if (!text(command, "code").equals("NetStream.Publish.Start")) {
            return NOTHING;
        }
        state = State.PUBLISHING;
        return new ClientEvent.PublishAccepted();
    }

    private ClientEvent refused(Command command) {
        state = State.ENDED;
        return new ClientEvent.PublishRefused(text(command, "code"), text(command, "description"));
    }

    private static String text(Command command, String property) {
        return command.argument(1) instanceof AmfProperties properties
                ? properties.text(property).orElse("")
                : "";
    }

    private void send(Message message) {
        writer.write(message, /* timestampMs= */ 0, /* messageStreamId= */ 0, output.buffer());
    }
}
