package io.lunarstream.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MediaPlaylistTest {
    private static final long START_MS = 1_795_294_800_123L;

    private static final ListedSegment FIRST = segment(7, "a.mp4", false, 180_180);
    private static final ListedSegment CHANGED = segment(8, "b.mp4", true, 180_000);
    private static final ListedSegment LAST = segment(9, "b.mp4", false, 90_001);

    @Test
    void listsFragmentedMp4() {
        MediaPlaylist playlist = new MediaPlaylist(3, 2, List.of(FIRST, CHANGED, LAST), false);
        assertThat(playlist.text(SegmentForm.FMP4)).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:6
                        #EXT-X-TARGETDURATION:3
                        #EXT-X-MEDIA-SEQUENCE:7
                        #EXT-X-DISCONTINUITY-SEQUENCE:2
                        #EXT-X-MAP:URI="a.mp4"
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-21T21:00:00.123Z
                        #EXTINF:2.00200,
                        7.m4s
                        #EXT-X-DISCONTINUITY
                        #EXT-X-MAP:URI="b.mp4"
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-21T21:00:00.123Z
                        #EXTINF:2.00000,
                        8.m4s
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-21T21:00:00.123Z
                        #EXTINF:1.00001,
                        9.m4s
                        """);
    }

    @Test
    void listsMpegTsAndTheEnd() {
        MediaPlaylist playlist = new MediaPlaylist(3, 0, List.of(LAST), true);
        assertThat(playlist.text(SegmentForm.MPEG_TS)).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:3
                        #EXT-X-TARGETDURATION:3
                        #EXT-X-MEDIA-SEQUENCE:9
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-21T21:00:00.123Z
                        #EXTINF:1.00001,
                        9.ts
                        #EXT-X-ENDLIST
                        """);
    }

    @Test
    void listsAtLeastOneSegment() {
        assertThatThrownBy(() -> new MediaPlaylist(3, 0, List.of(), true)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ListedSegment segment(long number, String initName, boolean discontinuity, long durationTicks) {
        return new ListedSegment(number, Long.toString(number), initName, discontinuity, durationTicks, START_MS);
    }
}
