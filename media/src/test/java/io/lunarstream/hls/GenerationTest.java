package io.lunarstream.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GenerationTest {
    private static final List<Track> TRACKS = List.of(
            new Track(1, Encoder.codec(MediaKind.VIDEO), Timescale.MPEG),
            new Track(2, Encoder.codec(MediaKind.AUDIO), new Timescale(48_000)));

    private final Generation generation = Generation.of("g", "s", TRACKS, 5).getFirst();

    @Test
    void hasNoPlaylistBeforeItsFirstSegment() {
        assertThat(generation.playlist()).isEmpty();
    }

    @Test
    void numbersSegmentsWithoutAGap() {
        add(false, 2_000, 3, 1_000);
        add(false, 2_000, 3, 1_000);
        assertThat(playlist().segments())
                .extracting(ListedSegment::mediaSequence)
                .containsExactly(5L, 6L);
        assertThat(generation.nextMediaSequence()).isEqualTo(7);
    }

    @Test
    void keepsThirtySeconds() {
        List<ListedSegment> gone = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            gone.addAll(add(false, 2_000, 3, 1_000));
        }
        assertThat(playlist().segments()).hasSize(15);
        assertThat(gone).hasSize(25);
        assertThat(playlist().mediaSequence()).isEqualTo(5 + 25);
    }

    @Test
    void keepsEightTargetDurationsWhereTheyAreLonger() {
        for (int i = 0; i < 40; i++) {
            add(false, 8_000, 9, 1_000);
        }
        assertThat(playlist().segments()).hasSize(9);
    }

    @Test
    void countsTheDiscontinuitiesThatHaveLeft() {
        for (int i = 0; i < 40; i++) {
            add(i % 10 == 3, 2_000, 3, 1_000);
        }
        assertThat(playlist().discontinuitySequence()).isEqualTo(3);
        assertThat(playlist().segments())
                .filteredOn(ListedSegment::discontinuity)
                .hasSize(1);
    }

    @Test
    void announcesAQuarterMoreThanThePeakAndNeverLess() {
        add(false, 2_000, 3, 250_000);
        assertThat(variant().bandwidth()).isEqualTo(1_250_000);
        add(false, 2_000, 3, 500_000);
        assertThat(variant().bandwidth()).isEqualTo(2_500_000);
        add(false, 2_000, 3, 1_000);
        assertThat(variant().bandwidth()).isEqualTo(2_500_000);
        assertThat(variant().averageBandwidth()).isEqualTo(1_001_333);
    }

    @Test
    void saysHowItIsCoded() {
        add(false, 2_000, 3, 250_000);
        assertThat(MultivariantPlaylist.of(List.of(generation), SegmentForm.FMP4)
                        .text(SegmentForm.FMP4))
                .matches("(?s)#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-STREAM-INF:BANDWIDTH=1250000,"
                        + "AVERAGE-BANDWIDTH=1000000,CODECS=\"avc1\\.[0-9A-Fa-f]{6},mp4a\\.40\\.2\","
                        + "RESOLUTION=\\d+x\\d+,FRAME-RATE=25\\.000\ng/media\\.m3u8\n");
    }

    @Test
    void endsForEver() {
        add(false, 2_000, 3, 1_000);
        generation.end();
        assertThat(playlist().ended()).isTrue();
    }

    @Test
    void listsPartsOfTheSegmentThatIsBeingMade() {
        add(false, 2_000, 3, 1_000);
        part(false, 334);
        part(false, 334);
        assertThat(playlist().open().orElseThrow().parts())
                .extracting(ListedPart::name)
                .containsExactly("6-s.0.m4s", "6-s.1.m4s");
        assertThat(playlist().preloadHint()).hasValue("6-s.2.m4s");
    }

    @Test
    void hintsAtTheFirstPartOfTheNextSegment() {
        add(false, 2_000, 3, 1_000);
        assertThat(playlist().preloadHint()).hasValue("6-s.0.m4s");
        assertThat(playlist().open()).isEmpty();
    }

    @Test
    void hintsAtNothingWhileNothingComesOrAfterTheEnd() {
        add(false, 2_000, 3, 1_000);
        generation.hint(false);
        assertThat(playlist().preloadHint()).isEmpty();
        generation.hint(true);
        generation.end();
        assertThat(playlist().preloadHint()).isEmpty();
    }

    @Test
    void keepsPartsListedForThreeTargetDurations() {
        List<String> gone = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            part(false, 334);
            gone.addAll(unlisted(add(segment(false, 2_000, 3, 1_000, 334))));
        }
        assertThat(playlist().segments())
                .extracting(segment -> segment.parts().size())
                .containsExactly(0, 0, 0, 0, 0, 2, 2, 2, 2, 2);
        assertThat(gone).hasSize(10).startsWith("5-s.0.m4s", "5-s.1.m4s").endsWith("9-s.1.m4s");
    }

    /// The first segment's parts are cut before the part target is known.
    @Test
    void listsNoPartsThatBreakTheBounds() {
        part(false, 334);
        List<String> gone = unlisted(add(segment(false, 2_000, 3, 1_000, 1_000)));
        assertThat(gone).containsExactly("5-s.0.m4s", "5-s.1.m4s");
        assertThat(playlist().segments().getFirst().parts()).isEmpty();
    }

    private List<ListedSegment> add(boolean discontinuity, int ms, int targetDurationSeconds, int bytes) {
        return add(segment(discontinuity, ms, targetDurationSeconds, bytes, 334))
                .segments();
    }

    private Generation.Unlisted add(Segment segment) {
        generation.add(segment.lastPart(), "init.mp4");
        return generation.add(segment, "init.mp4");
    }

    private static List<String> unlisted(Generation.Unlisted unlisted) {
        return unlisted.parts().stream().map(ListedPart::name).toList();
    }

    private void part(boolean independent, int ms) {
        SegmentStart start = new SegmentStart(Rendition.of(TRACKS).getFirst(), false, 0);
        generation.add(new Part(start, independent, ms * 90L, Unpooled.EMPTY_BUFFER, Optional.empty()), "init.mp4");
    }

    private static Segment segment(
            boolean discontinuity, int ms, int targetDurationSeconds, int bytes, int partTargetMs) {
        SegmentStart start = new SegmentStart(Rendition.of(TRACKS).getFirst(), discontinuity, 0);
        return new Segment(
                start,
                ms * 90L,
                ms / 40,
                targetDurationSeconds,
                partTargetMs,
                new Part(start, false, 90L, Unpooled.EMPTY_BUFFER, Optional.empty()),
                Unpooled.wrappedBuffer(new byte[bytes]),
                Optional.of(Unpooled.wrappedBuffer(new byte[bytes])));
    }

    private MediaPlaylist playlist() {
        return generation.playlist().orElseThrow();
    }

    private MultivariantPlaylist.Variant variant() {
        return generation.variant(SegmentForm.FMP4);
    }
}
