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

    private final Generation generation = new Generation("g", TRACKS, 5);

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
        assertThat(new MultivariantPlaylist(List.of(variant())).text(SegmentForm.FMP4))
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

    private List<ListedSegment> add(boolean discontinuity, int ms, int targetDurationSeconds, int bytes) {
        Segment segment = new Segment(
                TRACKS,
                discontinuity,
                ms * 90L,
                0,
                ms / 40,
                targetDurationSeconds,
                Unpooled.wrappedBuffer(new byte[bytes]),
                Optional.of(Unpooled.wrappedBuffer(new byte[bytes])));
        return generation.add(segment, "s" + generation.nextMediaSequence(), "init.mp4");
    }

    private MediaPlaylist playlist() {
        return generation.playlist().orElseThrow();
    }

    private MultivariantPlaylist.Variant variant() {
        return generation.variant(SegmentForm.FMP4, "g/media.m3u8");
    }
}
