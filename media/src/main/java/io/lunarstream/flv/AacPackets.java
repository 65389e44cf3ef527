package io.lunarstream.flv;

import io.lunarstream.flv.FlvException.Reason;
import io.lunarstream.flv.FlvPacket.AudioConfiguration;
import io.lunarstream.flv.FlvPacket.AudioFrame;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.Unsupported;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.aac.AdtsHeader;
import io.lunarstream.media.aac.AudioSpecificConfig;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;

/// AAC: AudioSpecificConfig, and raw frames.
final class AacPackets implements AudioPackets {
    private boolean configured;

    @Override
    public FlvPacket configuration(ByteBuf record) throws FlvException, MalformedException {
        int bytes = record.readableBytes();
        if (bytes == 0) {
            return new Ignored(Ignored.Why.EMPTY);
        }
        if (bytes > AudioSpecificConfig.MAX_BYTES) {
            throw new FlvException(Reason.TOO_LARGE, "AudioSpecificConfig of " + bytes + " bytes");
        }
        AudioSpecificConfig config = AudioSpecificConfig.read(ByteString.copyOf(record, record.readerIndex(), bytes));
        if (!config.fitsAdts()) {
            return new Unsupported(MediaKind.AUDIO, "AAC object type " + config.objectType());
        }
        configured = true;
        return new AudioConfiguration(new Codec.Aac(config));
    }

    @Override
    public FlvPacket frame(ByteBuf payload) throws FlvException {
        if (!configured) {
            return new Ignored(Ignored.Why.NO_CONFIGURATION_YET);
        }
        if (payload.readableBytes() > AdtsHeader.MAX_FRAME_BYTES) {
            throw new FlvException(Reason.TOO_LARGE, "AAC frame of " + payload.readableBytes() + " bytes");
        }
        return new AudioFrame(payload);
    }
}
