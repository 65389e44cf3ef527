package io.lunarstream.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlaylistSeenTest {
    private static final URI ADDRESS = URI.create("http://localhost/live/key/index.m3u8");

    private static final String FIRST = """
        #EXTM3U
        #EXT-X-TARGETDURATION:2
        #EXT-X-MEDIA-SEQUENCE:5
        #EXT-X-PROGRAM-DATE-TIME:2026-11-23T09:00:00.000Z
        #EXTINF:2.000,
        5.ts
        #EXT-X-DISCONTINUITY
        #EXTINF:1.500,
        6.ts
        """;

    private static PlaylistSeen seen(String text) {
        return PlaylistSeen.parse(ADDRESS, text);
    }

    @Test
    void readsWhatAViewerNeeds() {
        PlaylistSeen seen = seen(FIRST);

        assertThat(seen.firstMsn()).isEqualTo(5);
        assertThat(seen.nextMsn()).isEqualTo(7);
        assertThat(seen.ended()).isFalse();
        assertThat(seen.segments().getFirst().uri()).hasToString("http://localhost/live/key/5.ts");
        assertThat(seen.segments().getFirst().at()).contains(Instant.parse("2026-11-23T09:00:00Z"));
        assertThat(seen.segments().getFirst().afterDiscontinuity()).isFalse();
        assertThat(seen.segments().getLast().afterDiscontinuity()).isTrue();
    }

    @Test
    void oneThatGoesOnBreaksNothing() {
        String later = FIRST.replace("SEQUENCE:5", "SEQUENCE:6").replace("#EXTINF:2.000,\n5.ts\n", "")
                + "#EXTINF:2.000,\n7.ts\n";

        assertThat(seen(FIRST).brokenBy(seen(later))).isEmpty();
    }

    @Test
    void seesWhatALaterOneBreaks() {
        assertThat(seen(FIRST).brokenBy(seen(FIRST.replace("SEQUENCE:5", "SEQUENCE:4"))))
                .contains("playlist went back", "a segment got another address");
        assertThat(seen(FIRST).brokenBy(seen(FIRST.replace("6.ts", "8.ts"))))
                .containsExactly("a segment got another address");
        assertThat(seen(FIRST).brokenBy(seen(FIRST.replace("DURATION:2", "DURATION:3"))))
                .containsExactly("target duration changed");
        assertThat(seen(FIRST).brokenBy(seen(FIRST.replace("1.500", "2.600"))))
                .containsExactly("a segment is longer than the target duration");
    }
}
