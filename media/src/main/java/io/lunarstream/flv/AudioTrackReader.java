package io.lunarstream.flv;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.Ignored.Why;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;

/// Reads the payloads of one audio track, in their order; remembers the codec and what its frames are read by.
final class AudioTrackReader {
    private FourCc codec = FourCc.MP4A;
    private AudioPackets packets = new AacPackets();

    FlvPacket configuration(FourCc fourCc, ByteBuf record) throws FlvException {
        try {
            return packets(fourCc).configuration(record);
        } catch (MalformedException e) {
            throw new FlvException(Reason.BAD_CODEC_CONFIGURATION, e);
        }
    }

    FlvPacket frame(FourCc fourCc, ByteBuf payload) throws FlvException {
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
