package io.lunarstream.rtmp.session;

import static io.lunarstream.rtmp.AmfBytes.join;
import static io.lunarstream.rtmp.AmfBytes.nothing;
import static io.lunarstream.rtmp.AmfBytes.number;
import static io.lunarstream.rtmp.AmfBytes.object;
import static io.lunarstream.rtmp.AmfBytes.property;
import static io.lunarstream.rtmp.AmfBytes.string;
import static io.lunarstream.rtmp.WireBytes.wire;

import io.lunarstream.rtmp.WireBytes;

/// What a publisher sends, message by message, as FFmpeg and OBS do it where a test does not say otherwise.
final class Publisher {
    static final int CONTROL = 2;
    static final int COMMANDS = 3;

    static final int SET_CHUNK_SIZE = 1;
    static final int AUDIO = 8;
    static final int VIDEO = 9;
    static final int DATA_AMF3 = 15;
    static final int COMMAND_AMF3 = 17;
    static final int DATA = 18;
    static final int COMMAND = 20;
    static final int AGGREGATE = 22;

    private Publisher() {}

    /// C0 C1 C2 of the simple form, with a C2 that echoes nothing.
    static byte[] handshake() {
        byte[] bytes = new byte[1 + 2 * 1536];
        bytes[0] = 3;
        return bytes;
    }

    static WireBytes connect() {
        return connect(property("app", string("live")), property("tcUrl", string("rtmp://host:1935/live")));
    }

    static WireBytes connect(byte[]... properties) {
        return command(0, "connect", 1, object(properties));
    }

    static WireBytes createStream() {
        return command(0, "createStream", 4, nothing());
    }

    static WireBytes publish(String name) {
        return command(1, "publish", 5, nothing(), string(name), string("live"));
    }

    /// All that comes before media.
    static WireBytes start() {
        return wire().add(connect()).add(createStream()).add(publish("key?pushToken=secret"));
    }

    static WireBytes command(int messageStreamId, String name, double transactionId, byte[]... arguments) {
        byte[] payload = join(string(name), number(transactionId), join(arguments));
        return wire().message(COMMANDS, 0, COMMAND, messageStreamId, payload);
    }

    static WireBytes video(long timestampMs, String hex) {
        return wire().message(6, timestampMs, VIDEO, 1, WireBytes.hex(hex));
    }

    static WireBytes audio(long timestampMs, String hex) {
        return wire().message(4, timestampMs, AUDIO, 1, WireBytes.hex(hex));
    }
}
