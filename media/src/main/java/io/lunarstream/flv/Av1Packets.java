package io.lunarstream.flv;

import io.lunarstream.flv.FlvPacket.FrameWithConfiguration;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.flv.FlvPacket.VideoConfiguration;
import io.lunarstream.flv.FlvPacket.VideoFrame;
import io.lunarstream.media.Codec;
import io.lunarstream.media.av1.Av1Configuration;
import io.lunarstream.media.av1.TemporalUnitReader;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// AV1: av1C, and temporal units. A decoder can start at a key frame that is shown.
///
/// An av1C may come without a sequence header; then it is taken from the key frames.
final class Av1Packets implements VideoPackets {
    private final TemporalUnitReader units = new TemporalUnitReader();
    private boolean started;
    private boolean headerInKeyFrames;
    private Optional<ByteString> lastHeader = Optional.empty();

    @Override
    public boolean haveCompositionTime() {
        return false;
    }

    @Override
    public FlvPacket configuration(ByteBuf record) throws MalformedException {
        Optional<Av1Configuration> configuration = Av1Configuration.read(record);
        started = true;
        headerInKeyFrames = configuration.isEmpty();
        return configuration
                .<FlvPacket>map(found -> new VideoConfiguration(new Codec.Av1(found)))
                .orElseGet(() -> new Ignored(Ignored.Why.INCOMPLETE_CONFIGURATION));
    }

    @Override
    public FlvPacket frame(ByteBuf payload, boolean keyFrame, int compositionTimeMs) throws MalformedException {
        if (!started) {
            return new Ignored(Ignored.Why.NO_CONFIGURATION_YET);
        }
        ByteBuf data = units.read(payload);
        if (!data.isReadable()) {
            return new Ignored(Ignored.Why.EMPTY);
        }
        VideoFrame frame = new VideoFrame(keyFrame && units.keyFrame(), compositionTimeMs, data);
        if (headerInKeyFrames && frame.sync()) {
            return withConfiguration(frame);
        }
        return headerInKeyFrames && lastHeader.isEmpty() ? new Ignored(Ignored.Why.NO_CONFIGURATION_YET) : frame;
    }

    private FlvPacket withConfiguration(VideoFrame frame) throws MalformedException {
        Optional<ByteString> header = units.sequenceHeader();
        if (header.isEmpty() || header.equals(lastHeader)) {
            return lastHeader.isEmpty() ? new Ignored(Ignored.Why.NO_CONFIGURATION_YET) : frame;
        }
        Av1Configuration configuration = Av1Configuration.of(header.get());
        lastHeader = header;
        return new FrameWithConfiguration(new Codec.Av1(configuration), frame);
    }
}
