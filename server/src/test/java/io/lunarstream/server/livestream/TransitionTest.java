package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.livestream.Transition.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionTest {

    @Test
    void theTableIsTheOneOfThePartnerApiAndNothingElseChangesAStatus() {
        List<String> changes = new ArrayList<>();
        for (LivestreamStatus status : LivestreamStatus.values()) {
            for (Event event : Event.values()) {
                Transition.next(status, event).ifPresent(to -> changes.add(status + " " + event + " " + to));
            }
        }
        assertThat(changes)
                .containsExactlyInAnyOrder(
                        "READY_FOR_USE PLAYABLE STARTED",
                        "READY_FOR_USE DEADLINE_BEFORE_BROADCAST TOKEN_EXPIRED",
                        "STARTED BROADCAST_OVER ENDED",
                        "STARTED DEADLINE_DURING_BROADCAST TOKEN_EXPIRED",
                        "ENDED PLAYABLE STARTED",
                        "ENDED NEW_TOKEN READY_FOR_USE",
                        "TOKEN_EXPIRED NEW_TOKEN READY_FOR_USE");
    }

    @Test
    void everySourceOfAnEventLeadsToTheSameStatus() {
        for (Event event : Event.values()) {
            assertThat(Transition.sources(event).stream()
                            .map(source -> Transition.next(source, event))
                            .distinct())
                    .hasSize(1);
        }
    }
}
