package io.lunarstream.bench.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.bench.viewer.PlaybackPlan.Due;
import io.lunarstream.bench.viewer.PlaybackPlan.Step;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlaybackPlanTest {
    private static final Duration TARGET = Duration.ofSeconds(2);

    private final PlaybackPlan plan = new PlaybackPlan();

    @Test
    void beginsThreeSegmentsFromTheEnd() {
        Step step = plan.read(playlist(10, 20));
        assertThat(step.segments()).extracting(Due::uri).containsExactly("18.ts", "19.ts", "20.ts");
        assertThat(step.segments().getFirst().length()).isEqualTo(Duration.ofMillis(1_967));
        assertThat(step.reloadAfter()).isEqualTo(TARGET);
    }

    @Test
    void beginsWithTheFirstIfThereAreFewer() {
        assertThat(plan.read(playlist(0, 1)).segments()).extracting(Due::uri).containsExactly("0.ts", "1.ts");
    }

    @Test
    void goesOnWithWhatIsNew() {
        Step _ = plan.read(playlist(10, 20));
        Step step = plan.read(playlist(12, 22));
        assertThat(step.segments()).extracting(Due::uri).containsExactly("21.ts", "22.ts");
        assertThat(step.missed()).isZero();
    }

    @Test
    void looksAgainSoonerIfThereIsNothingNew() {
        Step _ = plan.read(playlist(10, 20));
        Step step = plan.read(playlist(10, 20));
        assertThat(step.segments()).isEmpty();
        assertThat(step.reloadAfter()).isEqualTo(TARGET.dividedBy(2));
    }

    @Test
    void missesWhatHasLeftThePlaylist() {
        Step _ = plan.read(playlist(10, 20));
        Step step = plan.read(playlist(24, 25));
        assertThat(step.segments()).extracting(Due::uri).containsExactly("24.ts", "25.ts");
        assertThat(step.missed()).isEqualTo(3);
    }

    @Test
    void fetchesNothingTwiceFromAPlaylistThatIsOlder() {
        Step _ = plan.read(playlist(10, 20));
        assertThat(plan.read(playlist(9, 19)).segments()).isEmpty();
        assertThat(plan.read(playlist(11, 21)).segments()).extracting(Due::uri).containsExactly("21.ts");
    }

    private static String playlist(long first, long last) {
        return "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:" + first + "\n"
                + LongStream.rangeClosed(first, last)
                        .mapToObj(msn -> "#EXTINF:1.967,\n" + msn + ".ts\n")
                        .collect(Collectors.joining());
    }
}
