package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.livestream.StatusRepository.Started;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LostBroadcastsTest {
    private static final Instant NOW = Instant.parse("2026-01-12T18:12:38.918Z");

    private final Started started = new Started(UUID.randomUUID(), "key");
    private final LostBroadcasts lost = new LostBroadcasts(List.of(started), NOW.plusSeconds(30));

    @Test
    void aBroadcastWhosePublisherCameBackIsNoLongerWaitedFor() {
        assertThat(lost.waiting()).containsExactly(started);
        lost.forget(started.id());
        assertThat(lost.waiting()).isEmpty();
    }

    @Test
    void aBroadcastIsGivenUpOnceAndOnlyIfItsPublisherDidNotComeBack() {
        List<String> told = new ArrayList<>();
        lost.giveUp(started.id(), () -> told.add("end"));
        lost.giveUp(started.id(), () -> told.add("end again"));
        assertThat(told).containsExactly("end");
        assertThat(lost.waiting()).isEmpty();

        LostBroadcasts others = new LostBroadcasts(List.of(started), NOW);
        others.forget(started.id());
        others.giveUp(started.id(), () -> told.add("end of a live one"));
        assertThat(told).containsExactly("end");
    }

    @Test
    void aBroadcastIsOverWhenItsWindowClosesOrItsDeadlinePasses() {
        Instant farDeadline = NOW.plusSeconds(3600);
        assertThat(lost.over(farDeadline, NOW.plusMillis(29_999))).isEmpty();
        assertThat(lost.over(farDeadline, NOW.plusSeconds(30))).contains(EndReason.MEDIA_SERVER_LOST);
        assertThat(lost.over(NOW.plusSeconds(10), NOW.plusMillis(9_999))).isEmpty();
        assertThat(lost.over(NOW.plusSeconds(10), NOW.plusSeconds(10))).contains(EndReason.TOKEN_EXPIRED);
    }
}
