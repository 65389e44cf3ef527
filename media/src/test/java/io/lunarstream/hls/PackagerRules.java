package io.lunarstream.hls;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
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
    private final Map<TrackOfRendition, Long> lastDts = new HashMap<>();

    private record TrackOfRendition(String rendition, Track track) {}

    @Override
    public void generation(List<Track> tracks) {
        endGeneration();
        lastDts.clear();
    }

    @Override
    public void part(Part part) {
        parts.add(part);
        Mp4Dump.samples(part.bytes()).forEach(sample -> check(part.segment().rendition(), sample));
    }

    @Override
    public void segment(Segment segment) {
        part(segment.lastPart());
        segments.add(segment);
        segment.fragmentedMp4().release();
        segment.transportStream().ifPresent(ByteBuf::release);
    }

    /// Checks what holds for a generation as a whole: all its renditions have the same segments and parts.
    void endGeneration() {
        int seconds = segments.isEmpty() ? 0 : segments.getFirst().targetDurationSeconds();
        for (Segment segment : segments) {
            assertThat(segment.targetDurationSeconds()).isEqualTo(seconds);
            assertThat(segment.durationTicks())
                    .isPositive()
                    .isLessThanOrEqualTo(Timescale.MPEG.ofMillis(1_000L * seconds));
        }
        Map<String, List<Segment>> segmentsOf = segments.stream()
                .collect(groupingBy(segment -> segment.start().rendition().name()));
        Map<String, List<Part>> partsOf = parts.stream()
                .collect(groupingBy(part -> part.segment().rendition().name()));
        segmentsOf.forEach((name, own) -> PartBounds.assertKept(requireNonNull(partsOf.get(name)), own));
        assertThat(segmentsOf.values().stream()
                        .map(PackagerRules::segmentLengths)
                        .distinct())
                .hasSizeLessThanOrEqualTo(1);
        assertThat(partsOf.values().stream().map(PackagerRules::partLengths).distinct())
                .hasSizeLessThanOrEqualTo(1);
        parts.forEach(PartBounds::release);
        parts.clear();
        segments.clear();
    }

    private static List<Long> segmentLengths(List<Segment> segments) {
        return segments.stream().map(Segment::durationTicks).toList();
    }

    private static List<Long> partLengths(List<Part> parts) {
        return parts.stream().map(Part::durationTicks).toList();
    }

    private void check(Rendition rendition, Mp4Dump.Found sample) {
        Track track = rendition.tracks().stream()
                .filter(each -> each.id() == sample.trackId())
                .findFirst()
                .orElseThrow();
        TrackOfRendition key = new TrackOfRendition(rendition.name(), track);
        assertThat(sample.dts()).as("decode time in %s", key).isGreaterThan(lastDts.getOrDefault(key, 0L));
        lastDts.put(key, sample.dts());
    }
}
