package io.lunarstream.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a seed makes happen.
class ScheduleTest {
    private static final Duration HOUR = Duration.ofHours(1);

    /// More than three encoders within 30 s on one stream key are refused by the contract.
    private static final Duration LEAST_BETWEEN_TROUBLES = Duration.ofSeconds(12);

    @Test
    void aSeedAlwaysMakesTheSameHappen() {
        assertThat(schedule(7)).isEqualTo(schedule(7));
    }

    @Test
    void anotherSeedMakesOtherThingsHappen() {
        assertThat(schedule(7)).isNotEqualTo(schedule(8));
    }

    @Test
    void anHourHasEverythingThatCanHappen() {
        Schedule schedule = schedule(7);
        assertThat(kinds(schedule.encoders())).isEqualTo(EnumSet.allOf(EncoderAct.class));
        assertThat(kinds(schedule.viewers())).isEqualTo(EnumSet.allOf(ViewerAct.class));
        assertThat(kinds(schedule.strangers())).isEqualTo(EnumSet.allOf(StrangerAct.class));
        assertThat(kinds(schedule.callers())).isEqualTo(EnumSet.allOf(ApiAct.class));
    }

    @Test
    void nothingBeginsAfterTheEnd() {
        assertThat(schedule(7).encoders())
                .allSatisfy(
                        stage -> assertThat(stage).allMatch(event -> event.at().compareTo(HOUR) < 0));
    }

    @Test
    void encodersLeaveTheTakeoverGuardAlone() {
        for (List<Event<EncoderAct>> stage : schedule(7).encoders()) {
            for (int i = 1; i < stage.size(); i++) {
                Event<EncoderAct> event = stage.get(i);
                boolean begins = event.kind().name().startsWith("BEGIN");
                assertThat(begins || isLater(stage.get(i - 1), event))
                        .as("%s after %s", event, stage.get(i - 1))
                        .isTrue();
            }
        }
    }

    private static boolean isLater(Event<EncoderAct> before, Event<EncoderAct> event) {
        return event.at().minus(before.at()).compareTo(LEAST_BETWEEN_TROUBLES) >= 0;
    }

    private static Schedule schedule(long seed) {
        return Schedule.of(new SoakOptions(HOUR, seed, 10, 30, /* page= */ true));
    }

    private static <K extends Enum<K>> Set<K> kinds(List<List<Event<K>>> lists) {
        return Set.copyOf(lists.stream().flatMap(List::stream).map(Event::kind).toList());
    }
}
