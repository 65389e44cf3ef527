package io.lunarstream.flv;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.Ignored.Why;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;

/// Reads the payloads of one video track, in their order; remembers the codec and what its frames are read by.
final class VideoTrackReader {
    private static final int COMPOSITION_TIME_BYTES = 3;

    private FourCc codec = FourCc.AVC1;
    private VideoPackets packets = new AvcPackets();

    FlvPacket configuration(FourCc fourCc, ByteBuf record) throws FlvException {
        if (!record.isReadable()) {
            return new Ignored(Why.EMPTY);
        }
        try {
            return packets(fourCc).configuration(record);
        } catch (MalformedException e) {
            throw new FlvException(Reason.BAD_CODEC_CONFIGURATION, e);
        }
    }

    /// Reads a picture that begins with its composition time, if its codec has one.
    FlvPacket codedFrames(FourCc fourCc, ByteBuf payload, boolean keyFrame) throws FlvException {
        if (!packets(fourCc).haveCompositionTime()) {
            return frame(fourCc, payload, keyFrame, /* compositionTimeMs= */ 0);
        }
        int bytes = payload.readableBytes() - COMPOSITION_TIME_BYTES;
        if (bytes < 0) {
            throw new FlvException(Reason.TRUNCATED, "composition time is cut off");
        }
        return frame(fourCc, payload.slice(COMPOSITION_TIME_BYTES, bytes), keyFrame, payload.getMedium(0));
    }

    FlvPacket frame(FourCc fourCc, ByteBuf payload, boolean keyFrame, int compositionTimeMs) throws FlvException {
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
