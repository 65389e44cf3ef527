package io.lunarstream.flv;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.Ignored.Why;
import io.lunarstream.flv.FlvPacket.Unsupported;
import io.lunarstream.flv.FlvPacket.VideoEnd;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// Reads the video tag bodies of one publisher, in their order.
///
/// ```
/// classic:  0 | frame type 3 | codec id 4
///   H.264:  packet type 8 | composition time 24, signed | payload
///             0: avcC   1: length-prefixed NAL units   2: the end
/// enhanced: 1 | frame type 3 | packet type 4 | see EnhancedHeader | payload
///   coded frames of H.264 and HEVC begin with a composition time 24, signed
/// ```
///
/// It remembers the codec and what its frames are read by. Source: FLV 10.1, annex E.4.3; Enhanced RTMP v2, section
/// "Enhanced Video".
public final class FlvVideoReader {
    private static final int ENHANCED = 0b1000_0000;
    private static final int KEY_FRAME = 1;
    private static final int COMMAND_FRAME = 5;
    private static final int AVC_HEADER_BYTES = 5;
    private static final int COMPOSITION_TIME_BYTES = 3;

    private static final int SEQUENCE_HEADER = 0;
    private static final int NAL_UNITS = 1;
    private static final int END_OF_SEQUENCE = 2;

    private final EnhancedHeader header = new EnhancedHeader(MediaKind.VIDEO);
    private FourCc codec = FourCc.AVC1;
    private VideoPackets packets = new AvcPackets();

    /// Reads one whole body, whose indexes stay as they are.
    public FlvPacket read(ByteBuf body) throws FlvException {
        if (!body.isReadable()) {
            return new Ignored(Why.EMPTY);
        }
        int first = body.getUnsignedByte(body.readerIndex());
        int frameType = (first >>> 4) & 0b111;
        if (frameType == COMMAND_FRAME) {
            return new Ignored(Why.COMMAND);
        }
        if ((first & ENHANCED) != 0) {
            return readEnhanced(body, frameType == KEY_FRAME);
        }
        int codecId = first & 0xF;
        return FlvVideoCodec.AVC.is(codecId)
                ? readAvc(body, frameType == KEY_FRAME)
                : new Unsupported(MediaKind.VIDEO, FlvVideoCodec.title(codecId));
    }

    private FlvPacket readAvc(ByteBuf body, boolean keyFrame) throws FlvException {
        if (body.readableBytes() == 1) {
            return new Ignored(Why.EMPTY);
        }
        int packetType = body.getUnsignedByte(body.readerIndex() + 1);
        return switch (packetType) {
            case SEQUENCE_HEADER -> configuration(FourCc.AVC1, avcPayload(body));
            case NAL_UNITS -> {
                ByteBuf payload = avcPayload(body);
                yield frame(FourCc.AVC1, payload, keyFrame, body.getMedium(body.readerIndex() + 2));
            }
            case END_OF_SEQUENCE -> new VideoEnd();
            default -> new Ignored(Why.UNKNOWN_PACKET_TYPE);
        };
    }

    private static ByteBuf avcPayload(ByteBuf body) throws FlvException {
        if (body.readableBytes() < AVC_HEADER_BYTES) {
            throw new FlvException(Reason.TRUNCATED, "H.264 packet of " + body.readableBytes() + " bytes");
        }
        return body.slice(body.readerIndex() + AVC_HEADER_BYTES, body.readableBytes() - AVC_HEADER_BYTES);
    }

    private FlvPacket readEnhanced(ByteBuf body, boolean keyFrame) throws FlvException {
        header.read(body);
        if (!header.hasDefaultTrack()) {
            return new Ignored(Why.FURTHER_TRACK);
        }
        if (header.packetType() == EnhancedPacketType.METADATA) {
            return new Ignored(Why.METADATA);
        }
        Optional<FourCc> named = FourCc.of(MediaKind.VIDEO, header.fourCc());
        if (named.isEmpty()) {
            return new Unsupported(MediaKind.VIDEO, FourCc.letters(header.fourCc()));
        }
        FourCc fourCc = named.get();
        ByteBuf payload = header.payload();
        return switch (header.packetType()) {
            case SEQUENCE_START -> configuration(fourCc, payload);
            case CODED_FRAMES -> codedFrames(fourCc, payload, keyFrame);
            case CODED_FRAMES_X -> frame(fourCc, payload, keyFrame, /* compositionTimeMs= */ 0);
            case SEQUENCE_END -> new VideoEnd();
            case METADATA, MULTITRACK, MOD_EX, UNKNOWN -> new Ignored(Why.UNKNOWN_PACKET_TYPE);
        };
    }

    private FlvPacket codedFrames(FourCc fourCc, ByteBuf payload, boolean keyFrame) throws FlvException {
        if (!packets(fourCc).haveCompositionTime()) {
            return frame(fourCc, payload, keyFrame, /* compositionTimeMs= */ 0);
        }
        int bytes = payload.readableBytes() - COMPOSITION_TIME_BYTES;
        if (bytes < 0) {
            throw new FlvException(Reason.TRUNCATED, "composition time is cut off");
        }
        return frame(fourCc, payload.slice(COMPOSITION_TIME_BYTES, bytes), keyFrame, payload.getMedium(0));
    }

    private FlvPacket configuration(FourCc fourCc, ByteBuf record) throws FlvException {
        if (!record.isReadable()) {
            return new Ignored(Why.EMPTY);
        }
        try {
            return packets(fourCc).configuration(record);
        } catch (MalformedException e) {
            throw new FlvException(Reason.BAD_CODEC_CONFIGURATION, e);
        }
    }

    private FlvPacket frame(FourCc fourCc, ByteBuf payload, boolean keyFrame, int compositionTimeMs)
            throws FlvException {
        if (!payload.isReadable()) {
            return new Ignored(Why.EMPTY);
        }
        try {
            return packets(fourCc).frame(payload, keyFrame, compositionTimeMs);
        } catch (MalformedException e) {
            throw new FlvException(Reason.BAD_FRAME, e);
        }
    }

    /// The reader of this codec's payloads. Another codec than before begins without a configuration.
    private VideoPackets packets(FourCc fourCc) {
        if (fourCc != codec) {
            packets = switch (fourCc) {
                case HVC1, HEV1 -> new HevcPackets();
                case AV01 -> new Av1Packets();
                case VP09 -> new Vp9Packets();
                case AVC1 -> new AvcPackets();
                case OPUS, FLAC, AC_3, MP4A -> throw new IllegalArgumentException(fourCc + " is no video");
            };
            codec = fourCc;
        }
        return packets;
    }
}
