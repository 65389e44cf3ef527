package io.lunarstream.flv;

import io.lunarstream.flv.FlvPacket.FrameWithConfiguration;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.VideoFrame;
import io.lunarstream.media.Codec;
import io.lunarstream.media.bytes.MalformedException;
import io.lunarstream.media.vp9.Vp9Configuration;
import io.lunarstream.media.vp9.Vp9FrameHeader;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// VP9: vpcC, and frames or superframes. A decoder can start at a key frame, which also says how large pictures are.
final class Vp9Packets implements VideoPackets {
    private Optional<Vp9Configuration> configuration = Optional.empty();
    private Optional<Codec.Vp9> codec = Optional.empty();

    @Override
    public boolean haveCompositionTime() {
        return false;
    }

    @Override
    public FlvPacket configuration(ByteBuf record) throws MalformedException {
        Optional<Vp9Configuration> read = Optional.of(Vp9Configuration.read(record));
        if (!read.equals(configuration)) {
            configuration = read;
            codec = Optional.empty();
        }
        return new Ignored(Ignored.Why.INCOMPLETE_CONFIGURATION);
    }

    @Override
    public FlvPacket frame(ByteBuf payload, boolean keyFrame, int compositionTimeMs) throws MalformedException {
        boolean sync = keyFrame && Vp9FrameHeader.isKeyFrame(payload);
        VideoFrame frame = new VideoFrame(sync, compositionTimeMs, payload);
        if (configuration.isPresent() && sync) {
            Vp9FrameHeader header = Vp9FrameHeader.read(payload).orElseThrow();
            Codec.Vp9 now = new Codec.Vp9(configuration.get(), header.width(), header.height());
            if (codec.filter(now::equals).isEmpty()) {
                codec = Optional.of(now);
                return new FrameWithConfiguration(now, frame);
            }
        }
        return codec.isEmpty() ? new Ignored(Ignored.Why.NO_CONFIGURATION_YET) : frame;
    }
}
