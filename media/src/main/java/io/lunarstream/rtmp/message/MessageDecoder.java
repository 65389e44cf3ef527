package io.lunarstream.rtmp.message;

import io.lunarstream.rtmp.chunk.MessageType;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// The payload of a message to its record.
final class MessageDecoder {
    private MessageDecoder() {}

    /// Empty for types that mean nothing to a publisher or its server, and are skipped.
    static Optional<Message> decode(MessageType type, ByteBuf payload) {
        return switch (type) {
            case SET_CHUNK_SIZE -> Optional.of(SetChunkSize.decode(payload));
            case ABORT -> Optional.of(Abort.decode(payload));
            case ACKNOWLEDGEMENT -> Optional.of(Acknowledgement.decode(payload));
            case USER_CONTROL -> Optional.of(UserControl.decode(payload));
            case WINDOW_ACKNOWLEDGEMENT_SIZE -> Optional.of(WindowAcknowledgementSize.decode(payload));
            case SET_PEER_BANDWIDTH -> Optional.of(SetPeerBandwidth.decode(payload));
            case AUDIO -> Optional.of(new Audio(payload));
            case VIDEO -> Optional.of(new Video(payload));
            case AGGREGATE -> Optional.of(new Aggregate(payload));
            case DATA_AMF0 -> Optional.of(Data.decode(payload));
            case COMMAND_AMF0 -> Optional.of(Command.decode(payload));
            case DATA_AMF3 -> {
                AmfEnvelope.skip(payload);
                yield Optional.of(Data.decode(payload));
            }
            case COMMAND_AMF3 -> {
                AmfEnvelope.skip(payload);
                yield Optional.of(Command.decode(payload));
            }
            case SHARED_OBJECT_AMF0, SHARED_OBJECT_AMF3, UNKNOWN -> Optional.empty();
        };
    }
}
