package io.lunarstream.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdTest {
    private static final Instant NOW = Instant.ofEpochMilli(0x017F_22E2_79B0L);

    /// Source: RFC 9562, appendix A.6, but for what is random there.
    @Test
    void theLayoutIsThatOfTheRfc() {
        UUID id = TimeOrderedId.at(NOW);
        assertThat(id.toString()).startsWith("017f22e2-79b0-7");
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void laterIdsComeLaterAsTextAndNoTwoAreTheSame() {
        List<String> ids = IntStream.range(0, 1000)
                .mapToObj(ms -> TimeOrderedId.at(NOW.plusMillis(ms)).toString())
                .toList();
        assertThat(ids).isSorted();
        assertThat(IntStream.range(0, 1000).mapToObj(_ -> TimeOrderedId.at(NOW)))
                .doesNotHaveDuplicates();
    }
}
