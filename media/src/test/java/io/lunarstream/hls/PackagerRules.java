package io.lunarstream.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.dump.Mp4Dump;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Holds all that a packager makes against the rules of segments and parts, generation by generation, and gives it
/// back.
final class PackagerRules implements PackagerListener {
    private final List<Part> parts = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();
    private final Map<Track, Long> lastDts = new HashMap<>();

    @Override
    public void generation(List<Track> tracks) {
        endGeneration();
        lastDts.clear();
    }

    @Override
    public void part(Part part) {
        parts.add(part);
        Mp4Dump.samples(part.bytes()).forEach(sample -> check(part.segment().tracks(), sample));
    }

    @Override
    public void segment(Segment segment) {
        part(segment.lastPart());
        segments.add(segment);
        segment.fragmentedMp4().release();
        segment.transportStream().ifPresent(ByteBuf::release);
    }

    /// Checks what holds for a generation as a whole.
    void endGeneration() {
        PartBounds.assertKept(parts, segments);
        int seconds = segments.isEmpty() ? 0 : segments.getFirst().targetDurationSeconds();
        for (Segment segment : segments) {
            assertThat(segment.targetDurationSeconds()).isEqualTo(seconds);
            assertThat(segment.durationTicks())
                    .isPositive()
                    .isLessThanOrEqualTo(Timescale.MPEG.ofMillis(1_000L * seconds));
        }
        parts.forEach(PartBounds::release);
        parts.clear();
        segments.clear();
    }

    private void check(List<Track> tracks, Mp4Dump.Found sample) {
        Track track = tracks.get((int) sample.trackId() - 1);
        assertThat(sample.dts()).as("decode time in %s", track.kind()).isGreaterThan(lastDts.getOrDefault(track, 0L));
        lastDts.put(track, sample.dts());
    }
}
