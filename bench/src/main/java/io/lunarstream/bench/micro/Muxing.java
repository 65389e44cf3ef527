package io.lunarstream.bench.micro;

import io.lunarstream.fmp4.FragmentWriter;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Sample;
import io.lunarstream.media.Track;
import io.lunarstream.mpegts.TsMuxer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Bodies of RTMP messages to segments of MPEG-TS, and to parts of fMP4.
@State(Scope.Thread)
public class Muxing {
    /// A third of a second, as parts of our server are.
    private static final int PICTURES_IN_A_PART = 10;

    /// A segment of 2 s and more.
    private static final int SEGMENT_BYTES = 1 << 20;

    private static final int SAMPLES_IN_AN_AAC_FRAME = 1_024;

    private final Samples samples = new Samples(Recording.loop());
    private final TsMuxer transportStream = new TsMuxer(samples.tracks());
    private final ByteBuf segment = PooledByteBufAllocator.DEFAULT.directBuffer(SEGMENT_BYTES);
    private final FragmentWriter fragments = new FragmentWriter(samples.tracks(), PooledByteBufAllocator.DEFAULT);
    private boolean segmentOpen;
    private int picturesInPart;
    private long videoDts;
    private long audioEndDts;
    private long written;

    /// A round of the clip to MPEG-TS, a segment from keyframe to keyframe.
    @Benchmark
    public long mpegTs(Volume volume) {
        samples.round(this::toTransportStream);
        volume.add(samples.roundBytes(), samples.roundSamples());
        return written;
    }

    /// A round of the clip to fMP4, a fragment for each part.
    @Benchmark
    public long fragmentedMp4(Volume volume) {
        samples.round(this::toFragment);
        volume.add(samples.roundBytes(), samples.roundSamples());
        return written;
    }

    private void toTransportStream(Track track, Sample sample) {
        if (track.kind() == MediaKind.VIDEO && sample.sync()) {
            if (segmentOpen) {
                transportStream.endSegment();
                written += segment.readableBytes();
            }
            transportStream.startSegment(segment.clear());
            segmentOpen = true;
        }
        transportStream.write(track, sample);
    }

    private void toFragment(Track track, Sample sample) {
        switch (track.kind()) {
            case VIDEO -> {
                videoDts = sample.dts();
                if (++picturesInPart > PICTURES_IN_A_PART) {
                    finishFragment();
                }
            }
            case AUDIO -> audioEndDts = sample.dts() + SAMPLES_IN_AN_AAC_FRAME;
        }
        fragments.write(track, sample);
    }

    private void finishFragment() {
        ByteBuf part = fragments.finish(track -> track.kind() == MediaKind.VIDEO ? videoDts : audioEndDts);
        written += part.readableBytes();
        part.release();
        picturesInPart = 1;
    }
}
