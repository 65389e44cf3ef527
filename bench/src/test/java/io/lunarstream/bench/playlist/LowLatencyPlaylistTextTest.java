package io.lunarstream.bench.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The judge of playlists with parts is judged: one good playlist, and one change for each rule.
class LowLatencyPlaylistTextTest {
    private static final String GOOD = """
            #EXTM3U
            #EXT-X-VERSION:9
            #EXT-X-TARGETDURATION:3
            #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=18.0,PART-HOLD-BACK=1.002,HOLD-BACK=9.0
            #EXT-X-PART-INF:PART-TARGET=0.334
            #EXT-X-MEDIA-SEQUENCE:41
            #EXT-X-SKIP:SKIPPED-SEGMENTS=3
            #EXT-X-MAP:URI="init.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-11-22T10:00:00.000Z
            #EXT-X-PART:DURATION=0.33366,URI="44.0.m4s",INDEPENDENT=YES
            #EXT-X-PART:DURATION=0.30030,URI="44.1.m4s"
            #EXT-X-PART:DURATION=0.10000,URI="44.2.m4s"
            #EXTINF:0.73396,
            44.m4s
            #EXT-X-PROGRAM-DATE-TIME:2026-11-22T10:00:00.734Z
            #EXT-X-PART:DURATION=0.33366,URI="45.0.m4s",INDEPENDENT=YES
            #EXT-X-PRELOAD-HINT:TYPE=PART,URI="45.1.m4s"
            """;

    @Test
    void readsWhatAPlaylistSays() {
        MediaPlaylistText playlist = MediaPlaylistText.parse(GOOD);
        assertThat(playlist.skippedSegments()).isEqualTo(3);
        assertThat(playlist.nextMediaSequence()).isEqualTo(45);
        assertThat(playlist.segments().getFirst().parts()).hasSize(3);
        assertThat(playlist.openParts())
                .singleElement()
                .satisfies(part -> assertThat(part.independent()).isTrue());
        assertThat(playlist.preloadHint()).hasValue("45.1.m4s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "MUST NOT be longer than PART-TARGET | DURATION=0.33366,URI=\"44.0 | DURATION=0.33401,URI=\"44.0",
                "MUST NOT be longer than PART-TARGET | DURATION=0.33366,URI=\"45.0 | DURATION=0.40000,URI=\"45.0",
                "85 % of PART-TARGET | DURATION=0.30030 | DURATION=0.28389",
                "not longer than their segment | #EXTINF:0.73396 | #EXTINF:0.73000",
                "two parts with one address | 44.1.m4s | 44.0.m4s",
                "is not hinted at | URI=\"45.1.m4s | URI=\"45.0.m4s",
                "PART-TARGET is REQUIRED | PART-TARGET=0.334 | TARGET=0.334",
                "URI is REQUIRED | DURATION=0.30030,URI=\"44.1.m4s\" | DURATION=0.30030",
                "DURATION is REQUIRED | DURATION=0.30030, | LENGTH=0.3,",
                "INDEPENDENT is YES | INDEPENDENT=YES | INDEPENDENT=NO",
                "URI is a quoted string | URI=\"44.1.m4s\" | URI=44.1.m4s",
                "not an attribute list | DURATION=0.30030, | DURATION=0.30030,,",
                "MUST NOT appear twice (4.2) | DURATION=0.30030, | DURATION=0.30030,DURATION=0.30030,",
                "PART-HOLD-BACK is REQUIRED | ,PART-HOLD-BACK=1.002 | ''",
                "PART-HOLD-BACK SHOULD be | PART-HOLD-BACK=1.002 | PART-HOLD-BACK=1.001",
                "HOLD-BACK MUST be | ,HOLD-BACK=9.0 | ,HOLD-BACK=8.9",
                "CAN-SKIP-UNTIL MUST be | CAN-SKIP-UNTIL=18.0 | CAN-SKIP-UNTIL=17.9",
                "EXT-X-SKIP without CAN-SKIP-UNTIL | CAN-SKIP-UNTIL=18.0, | ''",
                "only with CAN-BLOCK-RELOAD | CAN-BLOCK-RELOAD=YES, | ''",
                "needs version 9 | VERSION:9 | VERSION:8",
                "SKIPPED-SEGMENTS is REQUIRED | SKIPPED-SEGMENTS=3 | SKIPPED=3",
                "at least one segment | SKIPPED-SEGMENTS=3 | SKIPPED-SEGMENTS=0",
                "TYPE is REQUIRED | TYPE=PART, | ''",
                "TYPE is PART | TYPE=PART | TYPE=MAP",
            })
    void refusesWhatBreaksARule(String rule, String good, String bad) {
        assertThat(GOOD).contains(good);
        assertThatThrownBy(() -> MediaPlaylistText.parse(GOOD.replace(good, bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "EXT-X-PART-INF is REQUIRED | #EXT-X-PART-INF:.* | #",
                "PART-HOLD-BACK is REQUIRED | #EXT-X-SERVER-CONTROL:.* | #",
                "MUST NOT appear twice | (#EXT-X-PART-INF:.*) | $1~$1",
                "MUST NOT appear twice | (#EXT-X-SERVER-CONTROL:.*) | $1~$1",
                "MUST NOT appear more than once | (#EXT-X-SKIP:.*) | $1~$1",
                "replaces the oldest segments | #EXT-X-SKIP:.*~([\\s\\S]*44.m4s~) | $1#EXT-X-SKIP:SKIPPED-SEGMENTS=1~",
                "before the first EXT-X-PART | (#EXT-X-PART:.*44.1.*) | #EXT-X-DISCONTINUITY~$1",
                "before the first EXT-X-PART | (#EXT-X-PART:.*44.1.*) | #EXT-X-MAP:URI=\"b.mp4\"~$1",
                "before the first EXT-X-PART | (#EXTINF:.*) | #EXT-X-PROGRAM-DATE-TIME:2026-11-22T10:00:00Z~$1",
                "not two | (#EXT-X-PRELOAD-HINT:.*) | $1~$1",
                "comes after all others | (#EXT-X-PART:.*45.0.*) | #EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"x\"~$1",
                "after all segments | (#EXTINF:.*) | #EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"x\"~$1",
                "no EXT-X-PRELOAD-HINT with EXT-X-ENDLIST | (#EXT-X-PRELOAD-HINT:.*) | $1~#EXT-X-ENDLIST",
                "half a segment | #EXT-X-PRELOAD-HINT:.* | #EXT-X-ENDLIST",
            })
    void refusesWhatIsOutOfPlace(String rule, String good, String bad) {
        String changed = GOOD.replaceFirst(lines(good), lines(bad));
        assertThat(changed).isNotEqualTo(GOOD);
        assertThatThrownBy(() -> MediaPlaylistText.parse(changed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule);
    }

    /// In the tables, `~` ends a line.
    private static String lines(String text) {
        return text.replace('~', '\n');
    }

    @Test
    void putsADeltaUpdateOntoThePlaylistBefore() {
        String skip = "#EXT-X-SKIP:SKIPPED-SEGMENTS=3\n";
        String skipped = "#EXTINF:2.0,\n41.m4s\n#EXTINF:2.0,\n42.m4s\n#EXTINF:2.0,\n43.m4s\n";
        MediaPlaylistText whole =
                MediaPlaylistText.parse(GOOD.replace(skip, "").replaceFirst("(#EXT-X-PROGRAM)", skipped + "$1"));
        MediaPlaylistText update = MediaPlaylistText.parse(GOOD);
        assertThat(update.onto(whole)).isEqualTo(whole);
        MediaPlaylistText shorter = MediaPlaylistText.parse(GOOD.replace(skip, ""));
        assertThatThrownBy(() -> update.onto(shorter)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesPartsThatChangeOrGoTooSoon() {
        String whole = GOOD.replace("#EXT-X-SKIP:SKIPPED-SEGMENTS=3\n", "");
        for (String changed : new String[] {
            whole.replaceAll("#EXT-X-PART:.*44.*\n", ""),
            whole.replace("44.1.m4s", "44.9.m4s"),
            whole.replace("45.0.m4s", "45.9.m4s"),
            whole.replace("PART-TARGET=0.334", "PART-TARGET=0.335").replace("1.002", "1.005")
        }) {
            PlaylistHistory history = new PlaylistHistory();
            history.add(MediaPlaylistText.parse(whole));
            history.add(MediaPlaylistText.parse(whole));
            MediaPlaylistText next = MediaPlaylistText.parse(changed);
            assertThatThrownBy(() -> history.add(next)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
