package io.lunarstream.bench.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The judge of playlists is judged: it takes what is right and refuses what is not.
class MediaPlaylistTextTest {
    private static final String GOOD = """
            #EXTM3U
            #EXT-X-VERSION:9
            #EXT-X-TARGETDURATION:3
            #EXT-X-MEDIA-SEQUENCE:41
            #EXT-X-DISCONTINUITY-SEQUENCE:2
            #EXT-X-MAP:URI="init-a.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-11-22T10:00:00.000Z
            #EXTINF:2.00000,
            41.m4s
            #EXT-X-DISCONTINUITY
            #EXT-X-MAP:URI="init-b.mp4"
            #EXT-X-SOMETHING-NEW:1
            #EXTINF:3.49000,
            42.m4s
            #EXT-X-ENDLIST
            """;

    @Test
    void readsWhatAPlaylistSays() {
        MediaPlaylistText playlist = MediaPlaylistText.parse(GOOD);
        assertThat(playlist.targetDurationSeconds()).isEqualTo(3);
        assertThat(playlist.nextMediaSequence()).isEqualTo(43);
        assertThat(playlist.discontinuitySequence()).isEqualTo(2);
        assertThat(playlist.ended()).isTrue();
        MediaPlaylistText.Segment first = playlist.segments().getFirst();
        assertThat(first.programDateTime()).isPresent();
        assertThat(first.initSegment()).contains("init-a.mp4");
        assertThat(first.discontinuity()).isFalse();
        MediaPlaylistText.Segment second = playlist.segments().getLast();
        assertThat(second.durationSeconds()).isEqualTo(new BigDecimal("3.49000"));
        assertThat(second.initSegment()).contains("init-b.mp4");
        assertThat(second.discontinuity()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#EXT-X-TARGETDURATION:3\n",
                "#EXTM3U\n#EXTINF:2,\na.ts\n",
                "#EXTM3U\n#EXT-X-TARGETDURATION:3\na.ts\n",
                "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:2\na.ts\n",
                "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3.5,\na.ts\n",
                "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:2,\n",
                "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXT-X-TARGETDURATION:3\n",
                "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:2,\na.ts\n#EXT-X-MEDIA-SEQUENCE:4\n",
                "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXT-X-DISCONTINUITY\n#EXT-X-DISCONTINUITY-SEQUENCE:4\n",
                "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXT-X-MAP:BYTERANGE=\"1@2\"\n",
                "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n",
                "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:2,\na.ts",
            })
    void refusesWhatBreaksARule(String bad) {
        assertThatThrownBy(() -> MediaPlaylistText.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }

    /// A text that was cut off is refused, unless the cut leaves whole entries: then they are the first of the whole.
    @Test
    void takesATextCutAnywhereForNoMoreThanItSays() {
        MediaPlaylistText whole = MediaPlaylistText.parse(GOOD);
        for (int length = 0; length < GOOD.length(); length++) {
            String cut = GOOD.substring(0, length);
            try {
                MediaPlaylistText part = MediaPlaylistText.parse(cut);
                assertThat(cut).endsWith("\n");
                assertThat(part.ended()).isFalse();
                assertThat(part.segments())
                        .isEqualTo(whole.segments().subList(0, part.segments().size()));
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageMatching("(?s).+");
            }
        }
    }

    @Test
    void acceptsAWindowThatMovesOn() {
        PlaylistHistory history = new PlaylistHistory();
        history.add(playlist(0, 0, "a.ts", "b.ts"));
        history.add(playlist(1, 0, "b.ts", "c.ts"));
        assertThat(history.discontinuities()).isZero();
    }

    @Test
    void refusesASegmentThatChangesItsNumber() {
        PlaylistHistory history = new PlaylistHistory();
        history.add(playlist(0, 0, "a.ts", "b.ts"));
        assertThatThrownBy(() -> history.add(playlist(1, 0, "c.ts", "d.ts")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAWindowThatGoesBack() {
        PlaylistHistory history = new PlaylistHistory();
        history.add(playlist(1, 0, "b.ts", "c.ts"));
        assertThatThrownBy(() -> history.add(playlist(0, 0, "a.ts", "b.ts")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesADiscontinuityThatIsNotCounted() {
        String before = "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXT-X-DISCONTINUITY\n#EXTINF:2,\na.ts\n#EXTINF:2,\nb.ts\n";
        PlaylistHistory history = new PlaylistHistory();
        history.add(MediaPlaylistText.parse(before));
        assertThatThrownBy(() -> history.add(playlist(1, 0, "b.ts"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static MediaPlaylistText playlist(long mediaSequence, long discontinuitySequence, String... uris) {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:3\n");
        text.append("#EXT-X-MEDIA-SEQUENCE:").append(mediaSequence).append('\n');
        text.append("#EXT-X-DISCONTINUITY-SEQUENCE:")
                .append(discontinuitySequence)
                .append('\n');
        for (String uri : uris) {
            text.append("#EXTINF:2.0,\n").append(uri).append('\n');
        }
        return MediaPlaylistText.parse(text.toString());
    }
}
