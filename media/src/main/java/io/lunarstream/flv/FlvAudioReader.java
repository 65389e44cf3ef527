package io.lunarstream.flv;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.flv.FlvPacket.AudioConfiguration;
import io.lunarstream.flv.FlvPacket.AudioFrame;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.Ignored.Why;
import io.lunarstream.flv.FlvPacket.Unsupported;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.aac.AdtsHeader;
import io.lunarstream.media.aac.AudioSpecificConfig;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;

/// Reads the audio tag bodies of one publisher, in their order.
///
/// ```
/// classic:  sound format 4 | rate 2 | size 1 | type 1 (the last three say nothing for AAC)
///   AAC:    packet type 8 | payload
///             0: AudioSpecificConfig   1: a raw frame
/// enhanced: 1001 | packet type 4 | see EnhancedHeader
/// ```
///
/// Source: FLV 10.1, annex E.4.2.
public final class FlvAudioReader {
    private static final int AAC_HEADER_BYTES = 2;
    private static final int SEQUENCE_HEADER = 0;
    private static final int RAW_FRAME = 1;

    private boolean configured;

    /// Reads one whole body, whose indexes stay as they are.
    public FlvPacket read(ByteBuf body) throws FlvException {
        if (!body.isReadable()) {
            return new Ignored(Why.EMPTY);
        }
        int codecId = body.getUnsignedByte(body.readerIndex()) >>> 4;
        if (FlvAudioCodec.ENHANCED.is(codecId)) {
            return EnhancedHeader.read(MediaKind.AUDIO, body);
        }
        return FlvAudioCodec.AAC.is(codecId)
                ? readAac(body)
                : new Unsupported(MediaKind.AUDIO, FlvAudioCodec.title(codecId));
    }

    private FlvPacket readAac(ByteBuf body) throws FlvException {
        int payloadBytes = body.readableBytes() - AAC_HEADER_BYTES;
        if (payloadBytes <= 0) {
            return new Ignored(Why.EMPTY);
        }
        int payloadIndex = body.readerIndex() + AAC_HEADER_BYTES;
        int packetType = body.getUnsignedByte(body.readerIndex() + 1);
        return switch (packetType) {
            case SEQUENCE_HEADER -> readConfiguration(body, payloadIndex, payloadBytes);
            case RAW_FRAME -> readFrame(body, payloadIndex, payloadBytes);
            default -> new Ignored(Why.UNKNOWN_PACKET_TYPE);
        };
    }

    private FlvPacket readConfiguration(ByteBuf body, int index, int bytes) throws FlvException {
        if (bytes > AudioSpecificConfig.MAX_BYTES) {
            throw new FlvException(Reason.TOO_LARGE, "AudioSpecificConfig of " + bytes + " bytes");
        }
        try {
            AudioSpecificConfig config = AudioSpecificConfig.read(ByteString.copyOf(body, index, bytes));
            if (!config.fitsAdts()) {
                return new Unsupported(MediaKind.AUDIO, "AAC object type " + config.objectType());
            }
            configured = true;
            return new AudioConfiguration(new Codec.Aac(config));
        } catch (MalformedException e) {
            throw new FlvException(Reason.BAD_CODEC_CONFIGURATION, e);
        }
    }

    private FlvPacket readFrame(ByteBuf body, int index, int bytes) throws FlvException {
        if (!configured) {
            return new Ignored(Why.NO_CONFIGURATION_YET);
        }
        if (bytes > AdtsHeader.MAX_FRAME_BYTES) {
            throw new FlvException(Reason.TOO_LARGE, "AAC frame of " + bytes + " bytes");
        }
        return new AudioFrame(body.slice(index, bytes));
    }
}
