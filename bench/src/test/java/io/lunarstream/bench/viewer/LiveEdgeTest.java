package io.lunarstream.bench.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class LiveEdgeTest {
    private static final String PLAYLIST = """
            #EXTM3U
            #EXT-X-MEDIA-SEQUENCE:7
            #EXTINF:2.0,
            7.m4s
            #EXT-X-PART:DURATION=1.0,URI="8.0.m4s",INDEPENDENT=YES
            #EXT-X-PART:DURATION=1.0,URI="8.1.m4s"
            #EXTINF:2.0,
            8.m4s
            """;

    @Test
    void isTheFirstPartAfterAWholeSegment() {
        assertThat(LiveEdge.of(PLAYLIST)).isEqualTo(new LiveEdge(9, 0));
    }

    @Test
    void isThePartAfterThoseOfTheSegmentInTheMaking() {
        assertThat(LiveEdge.of(PLAYLIST + "#EXT-X-PART:DURATION=1.0,URI=\"9.0.m4s\"\n"))
                .isEqualTo(new LiveEdge(9, 1));
    }

    @Test
    void isAskedForByItsNumbers() {
        assertThat(new LiveEdge(9, 1).query()).isEqualTo("?_HLS_msn=9&_HLS_part=1");
    }

    @Test
    void isBehindTheNewestSegment() {
        LivePlaylist.Seen seen = new LivePlaylist.Seen(URI.create("http://a/live/x/hls.m3u8"), PLAYLIST);
        assertThat(seen.newestSegment()).contains(URI.create("http://a/live/x/8.m4s"));
    }
}
