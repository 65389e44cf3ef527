package io.lunarstream.flv;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.flv.FlvPacket.AudioConfiguration;
import io.lunarstream.flv.FlvPacket.AudioFrame;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.media.Codec;
import io.lunarstream.media.bytes.MalformedException;
import io.lunarstream.media.opus.OpusConfiguration;
import io.lunarstream.media.opus.OpusPacket;
import io.netty.buffer.ByteBuf;

/// Opus: OpusHead, or nothing, which means stereo; and packets.
final class OpusPackets implements AudioPackets {
    private boolean configured;

    @Override
    public FlvPacket configuration(ByteBuf record) throws MalformedException {
        OpusConfiguration configuration =
                record.isReadable() ? OpusConfiguration.read(record) : OpusConfiguration.STEREO;
        configured = true;
        return new AudioConfiguration(new Codec.Opus(configuration));
    }

    @Override
    public FlvPacket frame(ByteBuf payload) throws FlvException {
        if (!configured) {
            return new Ignored(Ignored.Why.NO_CONFIGURATION_YET);
        }
        if (OpusPacket.samples(payload) == 0) {
            throw new FlvException(Reason.BAD_FRAME, "Opus packet that lasts for no time, or too long");
        }
        return new AudioFrame(payload);
    }
}
