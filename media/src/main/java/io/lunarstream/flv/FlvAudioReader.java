package io.lunarstream.flv;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.Ignored.Why;
import io.lunarstream.flv.FlvPacket.Unsupported;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// Reads the audio tag bodies of one publisher, in their order.
///
/// ```
/// classic:  sound format 4 | rate 2 | size 1 | type 1 (the last three say nothing for AAC)
///   AAC:    packet type 8 | payload
///             0: AudioSpecificConfig   1: a raw frame
/// enhanced: 1001 | packet type 4 | see EnhancedHeader | payload
/// ```
///
/// It remembers the codec and what its frames are read by. Source: FLV 10.1, annex E.4.2; Enhanced RTMP v2, section
/// "Enhanced Audio".
public final class FlvAudioReader {
    private static final int AAC_HEADER_BYTES = 2;
    private static final int SEQUENCE_HEADER = 0;
    private static final int RAW_FRAME = 1;

    private final EnhancedHeader header = new EnhancedHeader(MediaKind.AUDIO);
    private FourCc codec = FourCc.MP4A;
    private AudioPackets packets = new AacPackets();

    /// Reads one whole body, whose indexes stay as they are.
    public FlvPacket read(ByteBuf body) throws FlvException {
        if (!body.isReadable()) {
            return new Ignored(Why.EMPTY);
        }
        int codecId = body.getUnsignedByte(body.readerIndex()) >>> 4;
        if (FlvAudioCodec.ENHANCED.is(codecId)) {
            return readEnhanced(body);
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
        ByteBuf payload = body.slice(body.readerIndex() + AAC_HEADER_BYTES, payloadBytes);
        int packetType = body.getUnsignedByte(body.readerIndex() + 1);
        return switch (packetType) {
            case SEQUENCE_HEADER -> configuration(FourCc.MP4A, payload);
            case RAW_FRAME -> frame(FourCc.MP4A, payload);
            default -> new Ignored(Why.UNKNOWN_PACKET_TYPE);
        };
    }

    private FlvPacket readEnhanced(ByteBuf body) throws FlvException {
        header.read(body);
        if (!header.hasDefaultTrack()) {
            return new Ignored(Why.FURTHER_TRACK);
        }
        Optional<FourCc> named = FourCc.of(MediaKind.AUDIO, header.fourCc());
        if (named.isEmpty()) {
            return new Unsupported(MediaKind.AUDIO, FourCc.letters(header.fourCc()));
        }
        return switch (header.packetType()) {
            case SEQUENCE_START -> configuration(named.get(), header.payload());
            case CODED_FRAMES -> frame(named.get(), header.payload());
            case SEQUENCE_END -> new Ignored(Why.END_OF_AUDIO);
            case METADATA -> new Ignored(Why.METADATA);
            case CODED_FRAMES_X, MULTITRACK, MOD_EX, UNKNOWN -> new Ignored(Why.UNKNOWN_PACKET_TYPE);
        };
    }

    private FlvPacket configuration(FourCc fourCc, ByteBuf record) throws FlvException {
        try {
            return packets(fourCc).configuration(record);
        } catch (MalformedException e) {
            throw new FlvException(Reason.BAD_CODEC_CONFIGURATION, e);
        }
    }

    private FlvPacket frame(FourCc fourCc, ByteBuf payload) throws FlvException {
        if (!payload.isReadable()) {
            return new Ignored(Why.EMPTY);
        }
        try {
            return packets(fourCc).frame(payload);
        } catch (MalformedException e) {
            throw new FlvException(Reason.BAD_FRAME, e);
        }
    }

    /// The reader of this codec's payloads. Another codec than before begins without a configuration.
    private AudioPackets packets(FourCc fourCc) {
        if (fourCc != codec) {
            packets = switch (fourCc) {
                case OPUS -> new OpusPackets();
                case FLAC -> new FlacPackets();
                case AC_3 -> new Ac3Packets();
                case MP4A -> new AacPackets();
                case HVC1, HEV1, AV01, VP09, AVC1 -> throw new IllegalArgumentException(fourCc + " is no audio");
            };
            codec = fourCc;
        }
        return packets;
    }
}
