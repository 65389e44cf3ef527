package io.lunarstream.bench.micro;

import io.lunarstream.hls.PackagerListener;
import io.lunarstream.hls.Part;
import io.lunarstream.hls.Segment;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A publisher's bytes to parts and segments of both forms: the whole way of a sample in the media library.
@State(Scope.Thread)
public class Packaging {
    private final Taker taker = new Taker();
    private final Broadcast broadcast = new Broadcast(Recording.loop(), taker);

    /// A round of the clip.
    @Benchmark
    public long bothForms(Volume volume) {
        broadcast.round();
        volume.add(broadcast.roundBytes(), broadcast.roundSamples());
        return taker.taken;
    }

    /// Gives back what it gets.
    private static final class Taker implements PackagerListener {
        private long taken;

        @Override
        public void generation(List<Track> tracks) {
            taken = 0;
        }

        @Override
        public void part(Part part) {
            taken += part.bytes().readableBytes();
            part.bytes().release();
            part.transportStream().ifPresent(ByteBuf::release);
        }

        @Override
        public void segment(Segment segment) {
            part(segment.lastPart());
            segment.fragmentedMp4().release();
            segment.transportStream().ifPresent(ByteBuf::release);
        }
    }
}
