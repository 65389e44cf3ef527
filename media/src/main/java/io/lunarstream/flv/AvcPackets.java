package io.lunarstream.flv;

import io.lunarstream.flv.FlvPacket.FrameWithConfiguration;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.VideoConfiguration;
import io.lunarstream.flv.FlvPacket.VideoFrame;
import io.lunarstream.media.Codec;
import io.lunarstream.media.avc.AvcDecoderConfiguration;
import io.lunarstream.media.avc.NalUnitType;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// H.264: avcC, and length-prefixed NAL units. A decoder can start at an IDR picture, and such a picture may bring
/// along parameter sets of its own.
final class AvcPackets implements VideoPackets {
    private final NalUnitNormaliser normaliser =
            new NalUnitNormaliser(firstByte -> NalUnitType.of(firstByte) == NalUnitType.IDR_SLICE);

    private @Nullable AvcDecoderConfiguration configuration;
    private ByteString lastRecord = ByteString.of();

    /// As the last sequence header said.
    private int nalLengthBytes;

    @Override
    public boolean haveCompositionTime() {
        return true;
    }

    /// A sequence header that is repeated takes nothing back that pictures have said since.
    @Override
    public FlvPacket configuration(ByteBuf record) throws MalformedException {
        AvcDecoderConfiguration read = AvcDecoderConfiguration.read(record);
        ByteString bytes = ByteString.copyOf(record, record.readerIndex(), record.readableBytes());
        AvcDecoderConfiguration current = configuration;
        if (current == null || !bytes.equals(lastRecord)) {
            lastRecord = bytes;
            nalLengthBytes = read.nalLengthBytes();
            current = read.withNalLengthBytes(NalUnitNormaliser.LENGTH_BYTES);
            configuration = current;
        }
        return new VideoConfiguration(new Codec.H264(current));
    }

    @Override
    public FlvPacket frame(ByteBuf payload, boolean keyFrame, int compositionTimeMs) throws FlvException {
        AvcDecoderConfiguration before = configuration;
        if (before == null) {
            return new Ignored(Ignored.Why.NO_CONFIGURATION_YET);
        }
        ByteBuf data = normaliser.normalise(payload, nalLengthBytes);
        if (!data.isReadable()) {
            return new Ignored(Ignored.Why.EMPTY);
        }
        boolean sync = keyFrame && normaliser.randomAccessSeen();
        VideoFrame frame = new VideoFrame(sync, compositionTimeMs, data);
        AvcDecoderConfiguration now = sync ? before.with(data) : before;
        if (now.equals(before)) {
            return frame;
        }
        configuration = now;
        return new FrameWithConfiguration(new Codec.H264(now), frame);
    }
}
