package io.lunarstream.flv;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.Ignored.Why;
import io.lunarstream.flv.FlvPacket.TrackPacket;
import io.lunarstream.flv.FlvPacket.Unsupported;
import io.lunarstream.flv.FlvPacket.VideoEnd;
import io.lunarstream.media.MediaKind;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
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
/// It remembers each track's codec and what its frames are read by. Source: FLV 10.1, annex E.4.3; Enhanced RTMP v2,
/// section "Enhanced Video".
public final class FlvVideoReader {
    private static final int ENHANCED = 0b1000_0000;
    private static final int KEY_FRAME = 1;
    private static final int COMMAND_FRAME = 5;
    private static final int AVC_HEADER_BYTES = 5;

    private static final int SEQUENCE_HEADER = 0;
    private static final int NAL_UNITS = 1;
    private static final int END_OF_SEQUENCE = 2;

    private final EnhancedHeader header = new EnhancedHeader(MediaKind.VIDEO);
    private final TrackReaders<VideoTrackReader> tracks = new TrackReaders<>(VideoTrackReader::new);

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
            case SEQUENCE_HEADER -> tracks.ofDefaultTrack().configuration(FourCc.AVC1, avcPayload(body));
            case NAL_UNITS -> {
                ByteBuf payload = avcPayload(body);
                int compositionTimeMs = body.getMedium(body.readerIndex() + 2);
                yield tracks.ofDefaultTrack().frame(FourCc.AVC1, payload, keyFrame, compositionTimeMs);
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
        List<TrackPacket> packets = new ArrayList<>(1);
        while (header.nextTrack()) {
            packets.add(new TrackPacket(header.trackId(), readTrack(keyFrame)));
        }
        return TrackPacket.together(packets);
    }

    /// Reads what the enhanced header has found of one track.
    private FlvPacket readTrack(boolean keyFrame) throws FlvException {
        if (header.packetType() == EnhancedPacketType.METADATA) {
            return new Ignored(Why.METADATA);
        }
        Optional<VideoTrackReader> reader = tracks.of(header.trackId());
        if (reader.isEmpty()) {
            return new Ignored(Why.FURTHER_TRACK);
        }
        Optional<FourCc> named = FourCc.of(MediaKind.VIDEO, header.fourCc());
        if (named.isEmpty()) {
            return new Unsupported(MediaKind.VIDEO, FourCc.letters(header.fourCc()));
        }
        VideoTrackReader track = reader.get();
        FourCc fourCc = named.get();
        ByteBuf payload = header.payload();
        return switch (header.packetType()) {
            case SEQUENCE_START -> track.configuration(fourCc, payload);
            case CODED_FRAMES -> track.codedFrames(fourCc, payload, keyFrame);
            case CODED_FRAMES_X -> track.frame(fourCc, payload, keyFrame, /* compositionTimeMs= */ 0);
            case SEQUENCE_END -> new VideoEnd();
            case METADATA, MULTITRACK, MOD_EX, UNKNOWN -> new Ignored(Why.UNKNOWN_PACKET_TYPE);
        };
    }
}
