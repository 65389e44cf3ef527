package io.lunarstream.flv;

import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.Ignored.Why;
import io.lunarstream.flv.FlvPacket.TrackPacket;
import io.lunarstream.flv.FlvPacket.Unsupported;
import io.lunarstream.media.MediaKind;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
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
/// It remembers each track's codec and what its frames are read by. Source: FLV 10.1, annex E.4.2; Enhanced RTMP v2,
/// section "Enhanced Audio".
public final class FlvAudioReader {
    private static final int AAC_HEADER_BYTES = 2;
    private static final int SEQUENCE_HEADER = 0;
    private static final int RAW_FRAME = 1;

    private final EnhancedHeader header = new EnhancedHeader(MediaKind.AUDIO);
    private final TrackReaders<AudioTrackReader> tracks = new TrackReaders<>(AudioTrackReader::new);

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
            case SEQUENCE_HEADER -> tracks.ofDefaultTrack().configuration(FourCc.MP4A, payload);
            case RAW_FRAME -> tracks.ofDefaultTrack().frame(FourCc.MP4A, payload);
            default -> new Ignored(Why.UNKNOWN_PACKET_TYPE);
        };
    }

    private FlvPacket readEnhanced(ByteBuf body) throws FlvException {
        header.read(body);
        List<TrackPacket> packets = new ArrayList<>(1);
        while (header.nextTrack()) {
            packets.add(new TrackPacket(header.trackId(), readTrack()));
        }
        return TrackPacket.together(packets);
    }

    /// Reads what the enhanced header has found of one track.
    private FlvPacket readTrack() throws FlvException {
        Optional<AudioTrackReader> reader = tracks.of(header.trackId());
        if (reader.isEmpty()) {
            return new Ignored(Why.FURTHER_TRACK);
        }
        Optional<FourCc> named = FourCc.of(MediaKind.AUDIO, header.fourCc());
        if (named.isEmpty()) {
            return new Unsupported(MediaKind.AUDIO, FourCc.letters(header.fourCc()));
        }
        AudioTrackReader track = reader.get();
        return switch (header.packetType()) {
            case SEQUENCE_START -> track.configuration(named.get(), header.payload());
            case CODED_FRAMES -> track.frame(named.get(), header.payload());
            case SEQUENCE_END -> new Ignored(Why.END_OF_AUDIO);
            case METADATA -> new Ignored(Why.METADATA);
            case CODED_FRAMES_X, MULTITRACK, MOD_EX, UNKNOWN -> new Ignored(Why.UNKNOWN_PACKET_TYPE);
        };
    }
}
