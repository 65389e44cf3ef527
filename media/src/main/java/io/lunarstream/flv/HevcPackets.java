package io.lunarstream.flv;

import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.VideoConfiguration;
import io.lunarstream.flv.FlvPacket.VideoFrame;
import io.lunarstream.media.Codec;
import io.lunarstream.media.bytes.MalformedException;
import io.lunarstream.media.hevc.HevcDecoderConfiguration;
import io.lunarstream.media.hevc.HevcNalUnitType;
import io.netty.buffer.ByteBuf;

/// HEVC: hvcC, and length-prefixed NAL units. A decoder can start at an IDR, BLA or CRA picture.
final class HevcPackets implements VideoPackets {
    private final NalUnitNormaliser normaliser = new NalUnitNormaliser(HevcNalUnitType::isRandomAccessPoint);

    /// 0 before the first codec configuration.
    private int nalLengthBytes;

    @Override
    public boolean haveCompositionTime() {
        return true;
    }

    @Override
    public FlvPacket configuration(ByteBuf record) throws MalformedException {
        HevcDecoderConfiguration configuration = HevcDecoderConfiguration.read(record);
        nalLengthBytes = configuration.nalLengthBytes();
        return new VideoConfiguration(new Codec.Hevc(configuration.withNalLengthBytes(NalUnitNormaliser.LENGTH_BYTES)));
    }

    @Override
    public FlvPacket frame(ByteBuf payload, boolean keyFrame, int compositionTimeMs) throws FlvException {
        if (nalLengthBytes == 0) {
            return new Ignored(Ignored.Why.NO_CONFIGURATION_YET);
        }
        ByteBuf data = normaliser.normalise(payload, nalLengthBytes);
        if (!data.isReadable()) {
            return new Ignored(Ignored.Why.EMPTY);
        }
        return new VideoFrame(keyFrame && normaliser.randomAccessSeen(), compositionTimeMs, data);
    }
}
