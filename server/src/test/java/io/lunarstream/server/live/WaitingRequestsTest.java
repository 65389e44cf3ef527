package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Requests that wait for a part or a segment, in virtual time.
class WaitingRequestsTest {
    private final LiveBench bench = new LiveBench();
    private final List<Optional<Window>> answers = new ArrayList<>();
    private final LiveBench.Connection connection = bench.connect();
    private final Encoder encoder = bench.encoder(connection).announce().send(Duration.ofSeconds(5));

    @AfterEach
    void leavesNobodyWaiting() {
        bench.close();
        assertThat(bench.streams.waiting()).isZero();
    }

    @Test
    void areAnsweredWhenWhatTheyWaitForIsThere() {
        await(WaitingRequestsTest::hasAnotherSegment);
        await(WaitingRequestsTest::hasAnotherSegment);
        assertThat(bench.streams.waiting()).isEqualTo(2);
        encoder.send(Duration.ofMillis(960));
        assertThat(answers).isEmpty();
        encoder.send(Duration.ofMillis(80));
        assertThat(answers).hasSize(2).allSatisfy(answer -> assertThat(answer).isPresent());
        assertThat(bench.streams.waiting()).isZero();
    }

    @Test
    void areAnsweredAtOnceWhenItIsThereAlready() {
        await(window -> true);
        assertThat(answers).hasSize(1);
    }

    @Test
    void areGivenUpAfterThreeTargetDurations() {
        await(WaitingRequestsTest::hasAnotherSegment);
        connection.publisher().goodbye();
        bench.publish(Duration.ZERO);
        int target = bench.playlist().targetDurationSeconds();
        bench.time.advance(Duration.ofSeconds(3L * target).minusMillis(1));
        await(window -> false);
        assertThat(answers).hasSize(1);
        bench.time.advance(Duration.ofSeconds(3L * target));
        assertThat(answers).hasSize(2).element(1).isEqualTo(Optional.empty());
    }

    @Test
    void areAnsweredWhenTheBroadcastEnds() {
        await(WaitingRequestsTest::hasAnotherSegment);
        bench.end();
        assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer).isPresent());
    }

    @Test
    void leaveTheirPlaceWhenTheirClientGoes() {
        Optional<WaitingRequest> waiting = await(WaitingRequestsTest::hasAnotherSegment);
        waiting.orElseThrow().cancel();
        assertThat(bench.streams.waiting()).isZero();
        encoder.send(Duration.ofSeconds(3));
        waiting.orElseThrow().cancel();
        assertThat(answers).isEmpty();
        assertThat(bench.streams.waiting()).isZero();
    }

    @Test
    void moveAlongWhenAnotherEncoderTakesOverOnAnotherLoop() {
        await(window -> window.playlist().segments().size() > 3);
        LiveBench.Connection other = bench.connect(LiveBench.KEY, bench.otherLoop);
        bench.encoder(other).announce().send(Duration.ofSeconds(3));
        assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer).isPresent());
    }

    @Test
    void areGivenUpWhenTheProgramEnds() {
        await(WaitingRequestsTest::hasAnotherSegment);
        bench.streams.giveUpWaiting();
        bench.time.settle();
        await(WaitingRequestsTest::hasAnotherSegment);
        assertThat(answers).hasSize(2).containsOnly(Optional.empty());
    }

    @Test
    void areGivenUpWhereNothingIsKnown() {
        var _ = bench.streams.await("nobody", "g", window -> true, answers::add);
        var _ = bench.streams.await(LiveBench.KEY, "another", window -> true, answers::add);
        bench.time.settle();
        assertThat(answers).hasSize(2).containsOnly(Optional.empty());
    }

    @Test
    void areTurnedAwayWhenTooManyWait() {
        for (int i = 0; i < 20_000; i++) {
            await(WaitingRequestsTest::hasAnotherSegment);
        }
        assertThat(answers).isEmpty();
        await(WaitingRequestsTest::hasAnotherSegment);
        assertThat(answers).containsExactly(Optional.empty());
        encoder.send(Duration.ofSeconds(2));
        assertThat(answers).hasSize(20_001);
        await(window -> true);
        assertThat(answers)
                .hasSize(20_002)
                .last()
                .satisfies(answer -> assertThat(answer).isPresent());
    }

    private static boolean hasAnotherSegment(Window window) {
        return window.playlist().ended() || window.playlist().segments().size() > 2;
    }

    private Optional<WaitingRequest> await(Predicate<Window> wanted) {
        Optional<WaitingRequest> waiting =
                bench.streams.await(LiveBench.KEY, bench.newest().generation(), wanted, answers::add);
        bench.time.settle();
        return waiting;
    }
}
