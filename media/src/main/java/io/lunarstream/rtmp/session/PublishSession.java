package io.lunarstream.rtmp.session;

import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import io.lunarstream.rtmp.amf.AmfValue;
import io.lunarstream.rtmp.amf.AmfValue.AmfNumber;
import io.lunarstream.rtmp.amf.AmfValue.AmfProperties;
import io.lunarstream.rtmp.amf.AmfValue.AmfString;
import io.lunarstream.rtmp.chunk.MessageType;
import io.lunarstream.rtmp.handshake.ServerHandshake;
import io.lunarstream.rtmp.message.Abort;
import io.lunarstream.rtmp.message.Acknowledgement;
import io.lunarstream.rtmp.message.Aggregate;
import io.lunarstream.rtmp.message.Audio;
import io.lunarstream.rtmp.message.Command;
import io.lunarstream.rtmp.message.Data;
import io.lunarstream.rtmp.message.MessageReader;
import io.lunarstream.rtmp.message.MessageResult;
import io.lunarstream.rtmp.message.SetChunkSize;
import io.lunarstream.rtmp.message.SetPeerBandwidth;
import io.lunarstream.rtmp.message.UserControl;
import io.lunarstream.rtmp.message.Video;
import io.lunarstream.rtmp.message.WindowAcknowledgementSize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A publisher's connection as the server sees it: bytes in, events and bytes out, without I/O and without a clock.
///
/// ```
/// HANDSHAKE --C2--> CONNECTING --connect--> IDLE --publish--> DECIDING --acceptPublish--> PUBLISHING
///
/// PUBLISHING --FCUnpublish, deleteStream or closeStream--> IDLE
/// DECIDING or PUBLISHING --refusePublish--> REFUSED
/// ```
///
/// For one thread at a time. Source: RTMP 1.0, section 7.2.
public final class PublishSession implements AutoCloseable {
    /// Until a publisher is let in nothing longer is read: those who may not publish can fill no memory of ours.
    private static final int PAYLOAD_BYTES_MAX_BEFORE_PUBLISH = MessageType.COMMAND_AMF0.payloadBytesMax;

    private static final SessionEvent NOTHING = new SessionEvent.NeedMoreBytes();

    private enum State {
        HANDSHAKE,
        CONNECTING,
        IDLE,
        DECIDING,
        PUBLISHING,
        REFUSED,
        CLOSED
    }

    private final PendingOutput output;
    private final ServerReplies replies;
    private final MessageReader messages;
    private final ReceiveWindow window = new ReceiveWindow();
    private @Nullable ServerHandshake handshake;

    private State state = State.HANDSHAKE;
    private String tcUrl = "";
    private String app = "";
    private int streamsCreated;
    private int publishStreamId;

    /// @param random for the handshake
    /// @param allocator where memory for messages in several pieces and for answers comes from
    public PublishSession(RandomGenerator random, ByteBufAllocator allocator) {
        output = new PendingOutput(allocator);
        replies = new ServerReplies(output);
        messages = new MessageReader(allocator);
        messages.limitPayload(PAYLOAD_BYTES_MAX_BEFORE_PUBLISH);
        handshake = new ServerHandshake(random);
    }

    /// Reads up to the next event.
    ///
    /// To be called until it answers [SessionEvent.NeedMoreBytes]: then all of `in` has been taken. After
    /// [SessionEvent.PublishRequested] the rest of `in` waits for the decision. After every call, and after an
    /// exception too, there may be output to send.
    ///
    /// @throws RtmpException if the connection has to be closed, once the output is sent
    public SessionEvent read(ByteBuf in) {
        int before = in.readableBytes();
        SessionEvent event = switch (state) {
            case HANDSHAKE -> readHandshake(in);
            case CONNECTING, IDLE, PUBLISHING -> readMessages(in);
            case REFUSED -> ignore(in);
            case DECIDING -> throw new IllegalStateException("accept or refuse the publisher first");
            case CLOSED -> throw new IllegalStateException("the session is closed");
        };
        if (window.received(before - in.readableBytes())) {
            replies.acknowledge(window.sequenceNumber());
        }
        return event;
    }

    /// Whether there are bytes to send.
    public boolean hasOutput() {
        return !output.isEmpty();
    }

    /// Appends what must be sent now to `out`, and forgets it.
    public void writeOutput(ByteBuf out) {
        output.drainTo(out);
    }

    /// Lets the publisher in that has asked.
    public void acceptPublish() {
        requireState(state == State.DECIDING);
        state = State.PUBLISHING;
        messages.limitPayload(Integer.MAX_VALUE);
        replies.streamBegin(publishStreamId);
        replies.onStatus(publishStreamId, "status", "NetStream.Publish.Start", "Publishing.");
    }

    /// Turns the publisher away that has asked, or one that was let in earlier. The caller sends the output and
    /// closes the connection; what still comes in is ignored.
    ///
    /// @param description what the encoder shows, such as `EXPIRED_PUSH_TOKEN: Push token has expired`
    public void refusePublish(PublishRefusalStatus status, String description) {
        requireState(state == State.DECIDING || state == State.PUBLISHING);
        state = State.REFUSED;
        replies.onStatus(publishStreamId, "error", status.code(), description);
    }

    /// Gives back all memory. Payloads handed out before are no longer valid.
    @Override
    public void close() {
        state = State.CLOSED;
        messages.close();
        output.release();
    }

    private static void requireState(boolean right) {
        if (!right) {
            throw new IllegalStateException("nobody is asking to publish");
        }
    }

    private SessionEvent readHandshake(ByteBuf in) {
        if (handshake != null && !handshake.read(in, output.buffer())) {
            return NOTHING;
        }
        handshake = null;
        state = State.CONNECTING;
        return readMessages(in);
    }

    private SessionEvent readMessages(ByteBuf in) {
        while (true) {
            switch (messages.read(in)) {
                case MessageResult.NeedMoreBytes _ -> {
                    return NOTHING;
                }
                case MessageResult.MessageRead read -> {
                    SessionEvent event = handle(read);
                    if (!(event instanceof SessionEvent.NeedMoreBytes)) {
                        return event;
                    }
                }
            }
        }
    }

    private static SessionEvent ignore(ByteBuf in) {
        in.skipBytes(in.readableBytes());
        return NOTHING;
    }

    /// What a message means to the caller: often nothing.
    private SessionEvent handle(MessageResult.MessageRead read) {
        boolean publishing = state == State.PUBLISHING;
        return switch (read.message()) {
            case Video(ByteBuf payload) when publishing -> new SessionEvent.VideoReceived(read.timestampMs(), payload);
            case Audio(ByteBuf payload) when publishing -> new SessionEvent.AudioReceived(read.timestampMs(), payload);
            case Data data when publishing -> metadata(data);
            case Command command -> handle(command, read.messageStreamId());
            case UserControl(UserControl.Event event, int timestampMs) -> {
                if (event == UserControl.Event.PING_REQUEST) {
                    replies.pong(timestampMs);
                }
                yield NOTHING;
            }
            case WindowAcknowledgementSize(int bytes) -> {
                window.resize(bytes);
                yield NOTHING;
            }
            // Media while nobody publishes, and what concerns only what we send.
            case Video _, Audio _, Data _, Acknowledgement _, SetPeerBandwidth _ -> NOTHING;
            case SetChunkSize _, Abort _, Aggregate _ -> NOTHING;
        };
    }

    private static SessionEvent metadata(Data data) {
        Optional<AmfProperties> metadata = data.metadata();
        return metadata.isPresent() ? new SessionEvent.MetadataReceived(metadata.get()) : NOTHING;
    }

    private SessionEvent handle(Command command, int messageStreamId) {
        double transactionId = command.transactionId();
        switch (command.name()) {
            case "connect" -> connect(command);
            case "createStream" -> {
                requireConnected("createStream");
                replies.result(transactionId, new AmfNumber(++streamsCreated));
            }
            case "FCPublish" -> {
                requireConnected("FCPublish");
                replies.result(transactionId, AmfValue.NULL);
                replies.onFcPublish();
            }
            case "getStreamLength" -> replies.result(transactionId, new AmfNumber(0));
            case "releaseStream", "_checkbw" -> replies.result(transactionId, AmfValue.NULL);
            case "publish" -> {
                return publish(command, messageStreamId);
            }
            case "FCUnpublish" -> {
                replies.result(transactionId, AmfValue.NULL);
                return endPublish();
            }
            case "closeStream" -> {
                return endPublish();
            }
            case "deleteStream" -> {
                return deleteStream(command);
            }
            case "play", "play2" -> throw refusePlay(messageStreamId);
            default -> {
                // Commands that we do not know are ignored: an `_error` makes some encoders give up.
            }
        }
        return NOTHING;
    }

    private void connect(Command command) {
        if (state != State.CONNECTING) {
            replies.connectRejected(command.transactionId(), "already connected");
            throw new RtmpException(Reason.COMMAND_OUT_OF_ORDER, "a second connect");
        }
        boolean enhanced = false;
        if (command.argument(0) instanceof AmfProperties properties) {
            tcUrl = properties.text("tcUrl").orElse("");
            app = properties.text("app").orElse("");
            enhanced = EnhancedCapabilities.areAskedFor(properties);
        }
        state = State.IDLE;
        replies.connected(command.transactionId(), enhanced);
    }

    private void requireConnected(String command) {
        if (state == State.CONNECTING) {
            throw new RtmpException(Reason.COMMAND_OUT_OF_ORDER, command + " before connect");
        }
    }

    private SessionEvent publish(Command command, int messageStreamId) {
        if (state == State.CONNECTING) {
            refuse(messageStreamId, PublishRefusalStatus.REJECTED, "connect first");
            requireConnected("publish");
        }
        if (state == State.PUBLISHING) {
            refuse(messageStreamId, PublishRefusalStatus.BAD_NAME, "this connection is publishing already");
            return NOTHING;
        }
        String name = command.argument(1) instanceof AmfString(String text) ? text : "";
        PublishAddress address;
        try {
            address = PublishAddress.resolve(tcUrl, app, name);
        } catch (RtmpException e) {
            refuse(messageStreamId, PublishRefusalStatus.BAD_NAME, e.getMessage());
            throw e;
        }
        publishStreamId = messageStreamId;
        state = State.DECIDING;
        return new SessionEvent.PublishRequested(address);
    }

    private void refuse(int messageStreamId, PublishRefusalStatus status, String description) {
        replies.onStatus(messageStreamId, "error", status.code(), description);
    }

    private RtmpException refusePlay(int messageStreamId) {
        replies.onStatus(messageStreamId, "error", "NetStream.Play.Failed", "no playback over RTMP here: use HLS");
        return new RtmpException(Reason.PLAY_NOT_OFFERED, "the peer wants to play");
    }

    /// Another stream than the published one may go without further ado; who publishes on stream 0 means that.
    private SessionEvent deleteStream(Command command) {
        boolean another = command.argument(1) instanceof AmfNumber(double id)
                && publishStreamId != 0
                && (int) id != publishStreamId;
        return another ? NOTHING : endPublish();
    }

    private SessionEvent endPublish() {
        if (state != State.PUBLISHING) {
            return NOTHING;
        }
        state = State.IDLE;
        replies.onStatus(publishStreamId, "status", "NetStream.Unpublish.Success", "No longer publishing.");
        return new SessionEvent.PublishEnded();
    }
}
