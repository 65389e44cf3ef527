package io.lunarstream.bench.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ListedMediaTest {
    private final ListedMedia listed = new ListedMedia();

    @Test
    void isTheSegmentsAndThePartsOfTheOneInTheMaking() {
        String playlist = """
                #EXTM3U
                #EXT-X-PART-INF:PART-TARGET=0.334
                #EXT-X-MEDIA-SEQUENCE:0
                #EXTINF:2.00000,
                0.m4s
                #EXT-X-PART:DURATION=1.000,URI="1.0.m4s",INDEPENDENT=YES
                #EXT-X-PART:DURATION=1.000,URI="1.1.m4s"
                #EXTINF:2.00000,
                1.m4s
                #EXT-X-PART:URI="2.0.m4s",DURATION=0.334,INDEPENDENT=YES
                #EXT-X-PRELOAD-HINT:TYPE=PART,URI="2.1.m4s"
                """;
        assertThat(listed.untilMs(playlist)).isCloseTo(4_334, within(0.1));
    }

    @Test
    void remembersWhatIsListedNoLonger() {
        double _ = listed.untilMs("#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:2.0,\n0.ts\n#EXTINF:2.5,\n1.ts\n");
        assertThat(listed.untilMs("#EXT-X-MEDIA-SEQUENCE:1\n#EXTINF:2.5,\n1.ts\n#EXTINF:1.5,\n2.ts\n"))
                .isCloseTo(6_000, within(0.1));
    }

    @Test
    void isNothingBeforeTheFirstSegment() {
        assertThat(listed.untilMs("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n")).isZero();
    }
}
