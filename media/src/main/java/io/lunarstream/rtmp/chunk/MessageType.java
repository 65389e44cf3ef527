package io.lunarstream.rtmp.chunk;

import java.util.Arrays;

/// What a message is: its type id, and how long it may be.
///
/// Source: RTMP 1.0, sections 5.4 and 7.1.
public enum MessageType {
    SET_CHUNK_SIZE(1, Limits.CONTROL_BYTES_MAX),
    ABORT(2, Limits.CONTROL_BYTES_MAX),
    ACKNOWLEDGEMENT(3, Limits.CONTROL_BYTES_MAX),
    USER_CONTROL(4, Limits.CONTROL_BYTES_MAX),
    WINDOW_ACKNOWLEDGEMENT_SIZE(5, Limits.CONTROL_BYTES_MAX),
    SET_PEER_BANDWIDTH(6, Limits.CONTROL_BYTES_MAX),
    AUDIO(8, Limits.MEDIA_BYTES_MAX),
    VIDEO(9, Limits.MEDIA_BYTES_MAX),
    DATA_AMF3(15, Limits.AMF_BYTES_MAX),
    SHARED_OBJECT_AMF3(16, Limits.AMF_BYTES_MAX),
    COMMAND_AMF3(17, Limits.AMF_BYTES_MAX),
    DATA_AMF0(18, Limits.AMF_BYTES_MAX),
    SHARED_OBJECT_AMF0(19, Limits.AMF_BYTES_MAX),
    COMMAND_AMF0(20, Limits.AMF_BYTES_MAX),
    AGGREGATE(22, Limits.MEDIA_BYTES_MAX),
    /// Any other type id. Such messages are legal and are skipped.
    UNKNOWN(-1, Limits.AMF_BYTES_MAX);

    private static final class Limits {
        /// No control message has more than 10 bytes; some room for user control events that we do not know.
        static final int CONTROL_BYTES_MAX = 1_024;
        /// Metadata and commands of real encoders stay below 4 KiB; a long address with a token adds a few.
        static final int AMF_BYTES_MAX = 64 << 10;
        /// A keyframe of 4K video at 100 Mbit/s has about 2 MiB; four times that is nobody's frame.
        static final int MEDIA_BYTES_MAX = 8 << 20;
    }

    private static final MessageType[] BY_ID = byId();

    /// The type id on the wire; -1 for [#UNKNOWN].
    public final int id;
    /// The longest payload that is read, in bytes.
    public final int payloadBytesMax;

    MessageType(int id, int payloadBytesMax) {
        this.id = id;
        this.payloadBytesMax = payloadBytesMax;
    }

    /// The type with a type id of one byte.
    public static MessageType of(int id) {
        return id < BY_ID.length ? BY_ID[id] : UNKNOWN;
    }

    private static MessageType[] byId() {
        MessageType[] types = new MessageType[AGGREGATE.id + 1];
        Arrays.fill(types, UNKNOWN);
        for (MessageType type : values()) {
            if (type != UNKNOWN) {
                types[type.id] = type;
            }
        }
        return types;
    }
}
