package io.lunarstream.interop;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The judge of playlists that belong together is judged.
class RenditionRulesTest {
    private static final String ONE = playlist("a", "b.m3u8");
    private static final String OTHER = playlist("b", "a.m3u8");

    @Test
    void takesPlaylistsThatGoTogether() {
        assertThatCode(() -> RenditionRules.check(Map.of("a.m3u8", ONE, "b.m3u8", OTHER)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "TARGETDURATION:3 | TARGETDURATION:4 | target durations SHOULD be the same",
                "EXTINF:2.00000 | EXTINF:2.04000 | matching segments have the same",
                "MEDIA-SEQUENCE:7 | MEDIA-SEQUENCE:8 | matching segments have the same",
                "MEDIA-SEQUENCE:7 | MEDIA-SEQUENCE:17 | playlists overlap",
                "#EXT-X-PROGRAM-DATE-TIME:2026-11-22T10:00:02 | #EXT-X-PROGRAM-DATE-TIME:2026-11-22T10:00:03 | same",
                "URI=\"a.m3u8\" | URI=\"c.m3u8\" | a rendition report for every other playlist",
                "#EXT-X-RENDITION-REPORT | #EXT-X-NOTHING | a rendition report for every other playlist",
                "LAST-MSN=9 | LAST-MSN=4 | LAST-MSN of a.m3u8 is not behind",
                ",LAST-PART=0 | | LAST-PART is REQUIRED",
            })
    void refusesWhatDoesNot(String right, String wrong, String rule) {
        String broken = OTHER.replace(right, wrong == null ? "" : wrong);
        assertThatThrownBy(() -> RenditionRules.check(Map.of("a.m3u8", ONE, "b.m3u8", broken)))
                .hasMessageContaining(rule);
    }

    private static String playlist(String name, String other) {
        return """
                #EXTM3U
                #EXT-X-VERSION:6
                #EXT-X-TARGETDURATION:3
                #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=24.0,PART-HOLD-BACK=1.002,HOLD-BACK=12.0
                #EXT-X-PART-INF:PART-TARGET=0.334
                #EXT-X-MEDIA-SEQUENCE:7
                #EXT-X-MAP:URI="%1$s.mp4"
                #EXT-X-PROGRAM-DATE-TIME:2026-11-22T10:00:00.000Z
                #EXTINF:2.08000,
                %1$s-7.m4s
                #EXT-X-PROGRAM-DATE-TIME:2026-11-22T10:00:02.080Z
                #EXTINF:2.00000,
                %1$s-8.m4s
                #EXT-X-PROGRAM-DATE-TIME:2026-11-22T10:00:04.080Z
                #EXT-X-PART:DURATION=0.33400,URI="%1$s-9.0.m4s"
                #EXT-X-PRELOAD-HINT:TYPE=PART,URI="%1$s-9.1.m4s"
                #EXT-X-RENDITION-REPORT:URI="%2$s",LAST-MSN=9,LAST-PART=0
                """.formatted(name, other);
    }
}
