package io.lunarstream.flv;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.flv.FlvPacket.AudioConfiguration;
import io.lunarstream.flv.FlvPacket.AudioFrame;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.media.Codec;
import io.lunarstream.media.bytes.MalformedException;
import io.lunarstream.media.flac.FlacFrame;
import io.lunarstream.media.flac.FlacStreamInfo;
import io.netty.buffer.ByteBuf;

/// FLAC: STREAMINFO, and frames.
final class FlacPackets implements AudioPackets {
    private boolean configured;

    @Override
    public FlvPacket configuration(ByteBuf record) throws MalformedException {
        FlacStreamInfo streamInfo = FlacStreamInfo.read(record);
        configured = true;
        return new AudioConfiguration(new Codec.Flac(streamInfo));
    }

    @Override
    public FlvPacket frame(ByteBuf payload) throws FlvException {
        if (!configured) {
            return new Ignored(Ignored.Why.NO_CONFIGURATION_YET);
        }
        if (FlacFrame.samples(payload) == 0) {
            throw new FlvException(Reason.BAD_FRAME, "FLAC frame without a header");
        }
        return new AudioFrame(payload);
    }
}
