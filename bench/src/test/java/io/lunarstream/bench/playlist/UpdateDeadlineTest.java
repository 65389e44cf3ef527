package io.lunarstream.bench.playlist;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// When a playlist has stood still for too long, told by a clock of our own.
class UpdateDeadlineTest {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    /// One and a half target durations of 3 s, and what a busy machine may take.
    private static final Duration LONGEST = Duration.ofMillis(8_500);

    private final UpdateDeadline deadline = new UpdateDeadline();
    private long nowNs = 1_000_000_000_000L;

    @Test
    void aPlaylistThatStandsStillIsRefused() {
        look(playlist(3), true, LONGEST);
        assertThatThrownBy(() -> look(playlist(3), true, BETWEEN_LOOKS.multipliedBy(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("within 1.5 target durations (6.2.2): segment 3 did not come");
    }

    @Test
    void aPlaylistThatGrowsInTimeIsTaken() {
        for (int segments = 1; segments < 5; segments++) {
            look(playlist(segments), true, LONGEST);
        }
        assertThatCode(() -> look(playlist(5), true, LONGEST)).doesNotThrowAnyException();
    }

    @Test
    void nothingIsDueWhileTheEncoderIsAwayOrAfterTheEnd() {
        look(playlist(3), true, LONGEST);
        look(playlist(3), false, LONGEST);
        look(playlist(3), true, LONGEST);
        MediaPlaylistText ended = MediaPlaylistText.parse(text(3) + "#EXT-X-ENDLIST\n");
        assertThatCode(() -> look(ended, true, LONGEST.multipliedBy(2))).doesNotThrowAnyException();
    }

    @Test
    void aMachineThatStoodStillIsForgiven() {
        deadline.look(playlist(3), true, nowNs);
        nowNs += LONGEST.multipliedBy(2).toNanos();
        assertThatCode(() -> deadline.look(playlist(3), true, nowNs)).doesNotThrowAnyException();
    }

    /// Looks at the same playlist for a while.
    private void look(MediaPlaylistText playlist, boolean encoderIsThere, Duration length) {
        for (long looks = length.dividedBy(BETWEEN_LOOKS); looks > 0; looks--) {
            deadline.look(playlist, encoderIsThere, nowNs);
            nowNs += BETWEEN_LOOKS.toNanos();
        }
    }

    private static MediaPlaylistText playlist(int segments) {
        return MediaPlaylistText.parse(text(segments));
    }

    private static String text(int segments) {
        return "#EXTM3U\n#EXT-X-TARGETDURATION:3\n" + "#EXTINF:2,\na.ts\n".repeat(segments);
    }
}
