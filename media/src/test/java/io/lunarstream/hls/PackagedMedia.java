package io.lunarstream.hls;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that the packagers of one test make. At its end it is held against the bounds of segments and parts and given
/// back, and then no memory may be in use.
final class PackagedMedia implements PackagerListener, AutoCloseable {
    final List<List<Track>> generations = new ArrayList<>();
    final List<Part> parts = new ArrayList<>();
    final List<Segment> segments = new ArrayList<>();

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(/* preferDirect= */ false);

    /// Of an encoder that was never seen before.
    final Packager packager = packager(Optional.empty());

    /// Another packager, which the caller closes.
    ///
    /// @param keyframeInterval what an earlier broadcast taught
    Packager packager(Optional<Duration> keyframeInterval) {
        return new Packager(allocator, keyframeInterval, this);
    }

    @Override
    public void generation(List<Track> tracks) {
        generations.add(tracks);
    }

    @Override
    public void part(Part part) {
        parts.add(part);
    }

    @Override
    public void segment(Segment segment) {
        parts.add(segment.lastPart());
        segments.add(segment);
    }

    @Override
    public void close() {
        packager.close();
        Map<String, List<Segment>> renditions = segments.stream()
                .collect(groupingBy(segment -> segment.start().rendition().name()));
        renditions.values().forEach(own -> PartBounds.assertKept(parts, own));
        parts.forEach(PartBounds::release);
        for (Segment segment : segments) {
            assertThat(segment.durationTicks())
                    .isPositive()
                    .isLessThanOrEqualTo(Timescale.MPEG.ofMillis(1_000L * segment.targetDurationSeconds()));
            segment.fragmentedMp4().release();
            segment.transportStream().ifPresent(ByteBuf::release);
        }
        assertThat(allocator.metric().usedHeapMemory()).isZero();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }
}
