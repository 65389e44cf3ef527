package io.lunarstream.server.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedWindowsTest {
    private static final Quota TWO_A_MINUTE = new Quota(2, Duration.ofSeconds(60));
    private static final long OPENED_MS = 1_000_000;

    private final FixedWindows windows = new FixedWindows(TWO_A_MINUTE);

    @Test
    void exactlyTheQuotaPassesAndTheRestWaitsForTheWindowToClose() {
        assertThat(windows.take("a", OPENED_MS)).isEqualTo(new Decision(TWO_A_MINUTE, true, 1, 60));
        assertThat(windows.take("a", OPENED_MS + 500)).isEqualTo(new Decision(TWO_A_MINUTE, true, 0, 60));
        assertThat(windows.take("a", OPENED_MS + 1000)).isEqualTo(new Decision(TWO_A_MINUTE, false, 0, 59));
        assertThat(windows.take("a", OPENED_MS + 59_999)).isEqualTo(new Decision(TWO_A_MINUTE, false, 0, 1));
        assertThat(windows.take("a", OPENED_MS + 60_000)).isEqualTo(new Decision(TWO_A_MINUTE, true, 1, 60));
    }

    @ParameterizedTest
    @CsvSource({"60000", "89999", "600001", "-1"})
    void theNextWindowOpensWithItsFirstRequestWheneverThatComes(long laterMs) {
        windows.take("a", OPENED_MS);
        windows.take("a", OPENED_MS);
        long nextMs = OPENED_MS + laterMs;
        assertThat(windows.take("a", nextMs)).isEqualTo(new Decision(TWO_A_MINUTE, true, 1, 60));
        assertThat(windows.take("a", nextMs + 59_999).passes()).isTrue();
        assertThat(windows.take("a", nextMs + 59_999).passes()).isFalse();
    }

    @Test
    void keysAreCountedApart() {
        windows.take("a", OPENED_MS);
        windows.take("a", OPENED_MS);
        assertThat(windows.take("b", OPENED_MS).remaining()).isEqualTo(1);
    }

    @Test
    void aMillionAddressesDoNotGrowMemoryAndDoNotHideABusyOne() {
        for (int i = 0; i < 1_000_000; i++) {
            windows.take("address " + i, OPENED_MS);
            if (i % 1000 == 0) {
                windows.take("busy", OPENED_MS);
            }
        }
        assertThat(windows.size()).isLessThanOrEqualTo(FixedWindows.MAX_KEYS);
        assertThat(windows.take("busy", OPENED_MS).passes()).isFalse();
    }
}
