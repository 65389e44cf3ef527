package io.lunarstream.flv;

import io.lunarstream.flv.FlvPacket.AudioFrame;
import io.lunarstream.flv.FlvPacket.FrameWithConfiguration;
import io.lunarstream.flv.FlvPacket.Ignored;
import io.lunarstream.media.Codec;
import io.lunarstream.media.ac3.Ac3Configuration;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// AC-3: syncframes, each of which brings the codec configuration along.
final class Ac3Packets implements AudioPackets {
    private Optional<Ac3Configuration> last = Optional.empty();

    @Override
    public FlvPacket configuration(ByteBuf record) {
        return new Ignored(Ignored.Why.INCOMPLETE_CONFIGURATION);
    }

    @Override
    public FlvPacket frame(ByteBuf payload) throws MalformedException {
        Optional<Ac3Configuration> now = Optional.of(Ac3Configuration.read(payload));
        AudioFrame frame = new AudioFrame(payload);
        if (now.equals(last)) {
            return frame;
        }
        last = now;
        return new FrameWithConfiguration(new Codec.Ac3(now.get()), frame);
    }
}
