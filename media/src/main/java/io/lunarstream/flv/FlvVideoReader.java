package io.lunarstream.flv;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.Ignored.Why;
import io.lunarstream.flv.FlvPacket.Unsupported;
import io.lunarstream.flv.FlvPacket.VideoConfiguration;
import io.lunarstream.flv.FlvPacket.VideoEnd;
import io.lunarstream.flv.FlvPacket.VideoFrame;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.avc.AvcDecoderConfiguration;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;

/// Reads the video tag bodies of one publisher, in their order.
///
/// ```
/// classic:  0 | frame type 3 | codec id 4
///   H.264:  packet type 8 | composition time 24, signed | payload
///             0: avcC   1: length-prefixed NAL units   2: the end
/// enhanced: 1 | frame type 3 | packet type 4 | see EnhancedHeader
/// ```
///
/// It remembers the codec configuration's length size, which frames are read by. Source: FLV 10.1, annex E.4.3.
public final class FlvVideoReader {
    private static final int ENHANCED = 0b1000_0000;
    private static final int KEY_FRAME = 1;
    private static final int COMMAND_FRAME = 5;
    private static final int AVC_HEADER_BYTES = 5;

    private static final int SEQUENCE_HEADER = 0;
    private static final int NAL_UNITS = 1;
    private static final int END_OF_SEQUENCE = 2;

    /// 0 before the first codec configuration.
    private int nalLengthBytes;

    private final NalUnitNormaliser normaliser = new NalUnitNormaliser();

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
            return EnhancedHeader.read(MediaKind.VIDEO, body);
        }
        int codecId = first & 0xF;
        return FlvVideoCodec.AVC.is(codecId)
                ? readAvc(body, frameType)
                : new Unsupported(MediaKind.VIDEO, FlvVideoCodec.title(codecId));
    }

    private FlvPacket readAvc(ByteBuf body, int frameType) throws FlvException {
        if (body.readableBytes() == 1) {
            return new Ignored(Why.EMPTY);
        }
        int packetType = body.getUnsignedByte(body.readerIndex() + 1);
        return switch (packetType) {
            case SEQUENCE_HEADER -> readConfiguration(payload(body));
            case NAL_UNITS -> readFrame(body, frameType);
            case END_OF_SEQUENCE -> new VideoEnd();
            default -> new Ignored(Why.UNKNOWN_PACKET_TYPE);
        };
    }

    private static ByteBuf payload(ByteBuf body) throws FlvException {
        if (body.readableBytes() < AVC_HEADER_BYTES) {
            throw new FlvException(Reason.TRUNCATED, "H.264 packet of " + body.readableBytes() + " bytes");
        }
        return body.slice(body.readerIndex() + AVC_HEADER_BYTES, body.readableBytes() - AVC_HEADER_BYTES);
    }

    private FlvPacket readConfiguration(ByteBuf avcC) throws FlvException {
        if (!avcC.isReadable()) {
            return new Ignored(Why.EMPTY);
        }
        try {
            AvcDecoderConfiguration configuration = AvcDecoderConfiguration.read(avcC);
            nalLengthBytes = configuration.nalLengthBytes();
            return new VideoConfiguration(
                    new Codec.H264(configuration.withNalLengthBytes(NalUnitNormaliser.LENGTH_BYTES)));
        } catch (MalformedException e) {
            throw new FlvException(Reason.BAD_CODEC_CONFIGURATION, e);
        }
    }

    private FlvPacket readFrame(ByteBuf body, int frameType) throws FlvException {
        ByteBuf payload = payload(body);
        if (nalLengthBytes == 0) {
            return new Ignored(Why.NO_CONFIGURATION_YET);
        }
        ByteBuf data = normaliser.normalise(payload, nalLengthBytes);
        if (!data.isReadable()) {
            return new Ignored(Why.EMPTY);
        }
        boolean sync = frameType == KEY_FRAME && normaliser.idrSeen();
        return new VideoFrame(sync, body.getMedium(body.readerIndex() + 2), data);
    }
}
