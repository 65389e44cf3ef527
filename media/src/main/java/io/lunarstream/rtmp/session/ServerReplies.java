package io.lunarstream.rtmp.session;

import io.lunarstream.rtmp.amf.AmfValue;
import io.lunarstream.rtmp.amf.AmfValue.AmfNumber;
import io.lunarstream.rtmp.amf.AmfValue.AmfObject;
import io.lunarstream.rtmp.amf.AmfValue.AmfString;
import io.lunarstream.rtmp.message.Acknowledgement;
import io.lunarstream.rtmp.message.Command;
import io.lunarstream.rtmp.message.Message;
import io.lunarstream.rtmp.message.MessageWriter;
import io.lunarstream.rtmp.message.SetChunkSize;
import io.lunarstream.rtmp.message.SetPeerBandwidth;
import io.lunarstream.rtmp.message.UserControl;
import io.lunarstream.rtmp.message.WindowAcknowledgementSize;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the server says, in the words that encoders know. Source: RTMP 1.0, section 7.2.
final class ServerReplies {
    /// FFmpeg takes over our chunk size as its own: most of its frames then come in one piece.
    private static final int CHUNK_SIZE = 64 << 10;
    /// Encoders look for "FMS" and a version of 3 or more in it, and believe the rest of the handshake then.
    private static final String SERVER_VERSION = "FMS/3,5,7,7009";
    /// What Flash Media Server 3.5 says it can do.
    private static final int CAPABILITIES = 31;
    /// AMF0; also said to those who asked for AMF3, who then send AMF0.
    private static final int OBJECT_ENCODING = 0;

    private final PendingOutput output;
    private final MessageWriter writer = new MessageWriter();

    ServerReplies(PendingOutput output) {
        this.output = output;
    }

    /// Welcomes a client, in the order that encoders expect.
    ///
    /// @param enhanced whether it wants to know what we can do beyond RTMP 1.0
    void connected(double transactionId, boolean enhanced) {
        send(new WindowAcknowledgementSize(ReceiveWindow.INITIAL_BYTES));
        send(new SetPeerBandwidth(ReceiveWindow.INITIAL_BYTES, SetPeerBandwidth.DYNAMIC));
        send(new SetChunkSize(CHUNK_SIZE));
        Map<String, AmfValue> properties = new LinkedHashMap<>();
        properties.put("fmsVer", new AmfString(SERVER_VERSION));
        properties.put("capabilities", new AmfNumber(CAPABILITIES));
        if (enhanced) {
            properties.putAll(EnhancedCapabilities.properties());
        }
        Map<String, AmfValue> information = status("status", "NetConnection.Connect.Success", "Connection succeeded.");
        information.put("objectEncoding", new AmfNumber(OBJECT_ENCODING));
        send(Command.of("_result", transactionId, new AmfObject(properties), new AmfObject(information)));
    }

    /// Answers a call with one value; a call with transaction id 0 wants no answer.
    void result(double transactionId, AmfValue value) {
        if (transactionId != 0) {
            send(Command.of("_result", transactionId, AmfValue.NULL, value));
        }
    }

    /// Refuses a `connect`.
    void connectRejected(double transactionId, String description) {
        if (transactionId != 0) {
            AmfObject information = new AmfObject(status("error", "NetConnection.Connect.Rejected", description));
            send(Command.of("_error", transactionId, AmfValue.NULL, information));
        }
    }

    /// What FMLE and its likes wait for before they publish.
    void onFcPublish() {
        Map<String, AmfValue> information = new LinkedHashMap<>();
        information.put("code", new AmfString("NetStream.Publish.Start"));
        information.put("description", new AmfString("Ready to publish."));
        send(Command.of("onFCPublish", /* transactionId= */ 0, AmfValue.NULL, new AmfObject(information)));
    }

    /// Says that media may flow on a stream.
    void streamBegin(int messageStreamId) {
        send(new UserControl(UserControl.Event.STREAM_BEGIN, messageStreamId));
    }

    /// Tells of a stream's state.
    ///
    /// @param level `status` or `error`
    void onStatus(int messageStreamId, String level, String code, String description) {
        AmfObject information = new AmfObject(status(level, code, description));
        Command command = Command.of("onStatus", /* transactionId= */ 0, AmfValue.NULL, information);
        writer.write(command, /* timestampMs= */ 0, messageStreamId, output.buffer());
    }

    void pong(int timestampMs) {
        send(new UserControl(UserControl.Event.PING_RESPONSE, timestampMs));
    }

    void acknowledge(int sequenceNumber) {
        send(new Acknowledgement(sequenceNumber));
    }

    private void send(Message message) {
        writer.write(message, /* timestampMs= */ 0, /* messageStreamId= */ 0, output.buffer());
    }

    private static Map<String, AmfValue> status(String level, String code, String description) {
        Map<String, AmfValue> status = new LinkedHashMap<>();
        status.put("level", new AmfString(level));
        status.put("code", new AmfString(code));
        status.put("description", new AmfString(description));
        return status;
    }
}
