package io.lunarstream.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.media.Timescale;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// What draft-pantos-hls-rfc8216bis, section 4.4.4.9 asks of all parts, held against everything a packager has made.
final class PartBounds {
    private PartBounds() {}

    /// The parts of a generation's first segment are excepted: they are cut before the part target is known.
    static void assertKept(List<Part> parts, List<Segment> segments) {
        for (Segment segment : segments.subList(Math.min(1, segments.size()), segments.size())) {
            List<Part> own = of(segment, parts);
            long targetTicks = Timescale.MPEG.ofMillis(segment.partTargetMs());
            assertThat(own).isNotEmpty().allSatisfy(part -> {
                assertThat(part.durationTicks()).isPositive().isLessThanOrEqualTo(targetTicks);
                boolean last = part.equals(own.getLast());
                assertThat(last || 100 * part.durationTicks() >= 85 * targetTicks)
                        .as("85 %% of %d ms: %s", segment.partTargetMs(), part)
                        .isTrue();
            });
            assertThat(own.stream().mapToLong(Part::durationTicks).sum()).isLessThanOrEqualTo(segment.durationTicks());
        }
    }

    /// Gives the memory of a part back.
    static void release(Part part) {
        part.bytes().release();
        part.transportStream().ifPresent(ByteBuf::release);
    }

    /// The parts of one segment.
    static List<Part> of(Segment segment, List<Part> parts) {
        return parts.stream()
                .filter(part -> part.segment().equals(segment.start()))
                .toList();
    }
}
