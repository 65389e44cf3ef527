package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who is let in, and who gives way to whom.
class LiveStreamsTest {
    private static final Duration A_WHILE = Duration.ofSeconds(5);

    private final LiveBench bench = new LiveBench();

    @AfterEach
    void givesEverythingBack() {
        bench.close();
    }

    @Test
    void letsAPublisherInAndListsWhatItSends() {
        bench.publish(A_WHILE);
        assertThat(bench.streams.publishers()).isEqualTo(1);
        assertThat(bench.playlist().segments()).hasSize(2);
        assertThat(bench.playlist().ended()).isFalse();
        assertThat(bench.told).containsExactly("playable");
    }

    @Test
    void knowsNothingOfAStreamKeyBeforeItsFirstPublisher() {
        assertThat(bench.streams.windows(LiveBench.KEY)).isEmpty();
        assertThat(bench.streams.ingest(LiveBench.KEY)).isEmpty();
    }

    @Test
    void cutsTheOldPublisherForANewOneAndGoesOnBehindOneDiscontinuity() {
        LiveBench.Connection old = bench.publish(A_WHILE);
        String generation = bench.newest().generation();
        bench.publish(A_WHILE);
        assertThat(old.cuts).containsExactly(PublisherCut.REPLACED);
        assertThat(bench.newest().generation()).isEqualTo(generation);
        assertThat(bench.discontinuities()).containsExactly(false, false, false, true, false);
        assertThat(bench.mediaSequenceNumbers()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(bench.streams.publishers()).isEqualTo(1);
        assertThat(bench.told).containsExactly("playable");
    }

    @Test
    void takesNothingFromAPublisherThatWasReplaced() {
        LiveBench.Connection old = bench.publish(A_WHILE);
        bench.publish(A_WHILE);
        int listed = bench.playlist().segments().size();
        bench.encoder(old).announce().send(A_WHILE);
        old.publisher().goodbye();
        old.publisher().disconnected();
        bench.time.advance(Duration.ofMinutes(1));
        assertThat(bench.playlist().segments()).hasSize(listed);
        assertThat(bench.playlist().ended()).isFalse();
    }

    @Test
    void takesTheStreamAlongToTheEventLoopOfTheNewPublisher() {
        LiveBench.Connection old = bench.publish(A_WHILE);
        LiveBench.Connection next = bench.connect(LiveBench.KEY, bench.otherLoop);
        bench.encoder(next).announce().send(A_WHILE);
        assertThat(old.cuts).containsExactly(PublisherCut.REPLACED);
        assertThat(bench.mediaSequenceNumbers()).containsExactly(0L, 1L, 2L, 3L, 4L);
        next.publisher().goodbye();
        next.publisher().disconnected();
        bench.time.settle();
        assertThat(bench.told).containsExactly("playable", "client_stopped");
    }

    @Test
    void doesWhatWasAskedBeforeTheHandOverOnTheNewLoop() {
        bench.publish(A_WHILE);
        LiveBench.Connection next = bench.ask(LiveBench.KEY, bench.otherLoop, LiveBench.TOKEN_LIFE);
        CompletableFuture<Boolean> ended =
                bench.streams.end(LiveBench.KEY, EndReason.API_ENDED).toCompletableFuture();
        bench.time.settle();
        assertThat(ended).isCompletedWithValue(true);
        assertThat(next.cuts).containsExactly(PublisherCut.BROADCAST_ENDED);
    }

    /// The stream belongs to the new loop already, and the task that takes the publisher in is not there yet.
    @Test
    void hasTheNewPublisherBeforeAnythingElseHappensOnItsLoop() {
        bench.publish(A_WHILE);
        List<Boolean> ended = new ArrayList<>();
        LiveBench.Connection next = bench.ask(LiveBench.KEY, bench.otherLoop, LiveBench.TOKEN_LIFE);
        bench.otherLoop.beforeNextTask(() -> {
            var _ = bench.streams.end(LiveBench.KEY, EndReason.API_ENDED).thenAccept(ended::add);
        });
        bench.time.settle();
        assertThat(ended).containsExactly(true);
        assertThat(next.cuts).containsExactly(PublisherCut.BROADCAST_ENDED);
        assertThat(bench.streams.publishers()).isZero();
    }

    @Test
    void refusesASecondPublisherWhereTheOperatorWantsThat() {
        try (LiveBench refusing = new LiveBench(LiveSettings.Takeover.REFUSE, 100)) {
            LiveBench.Connection first = refusing.publish(A_WHILE);
            assertThat(refusing.connect().refusal()).isEqualTo(PublishRefusal.STREAM_IN_USE);
            assertThat(first.cuts).isEmpty();
            first.publisher().disconnected();
            assertThat(refusing.connect().publisher()).isNotNull();
        }
    }

    @Test
    void refusesNewcomersForThirtySecondsAfterThreeTakeovers() {
        bench.connect();
        for (int i = 0; i < 3; i++) {
            bench.connect().publisher();
            bench.time.advance(Duration.ofSeconds(5));
        }
        assertThat(bench.connect().refusal()).isEqualTo(PublishRefusal.STREAM_IN_USE);
        bench.time.advance(Duration.ofSeconds(29));
        assertThat(bench.connect().refusal()).isEqualTo(PublishRefusal.STREAM_IN_USE);
        bench.time.advance(Duration.ofSeconds(1));
        assertThat(bench.connect().publisher()).isNotNull();
    }

    @Test
    void allowsTakeoversThatAreSeldom() {
        for (int i = 0; i < 10; i++) {
            bench.connect().publisher();
            bench.time.advance(Duration.ofSeconds(11));
        }
        assertThat(bench.streams.publishers()).isEqualTo(1);
    }

    @Test
    void takesNoMoreBroadcastsThanItMay() {
        try (LiveBench small = new LiveBench(LiveSettings.Takeover.REPLACE, 2)) {
            LiveBench.Connection one = small.connect("one", small.loop);
            small.connect("two", small.otherLoop);
            assertThat(small.connect("three", small.loop).refusal()).isEqualTo(PublishRefusal.SERVER_FULL);
            assertThat(small.streams.windows("three")).isEmpty();
            assertThat(small.connect("two", small.loop).publisher()).isNotNull();
            one.publisher().goodbye();
            one.publisher().disconnected();
            small.time.settle();
            assertThat(small.connect("three", small.loop).publisher()).isNotNull();
        }
    }

    @Test
    void keepsThePlaceOfAnEncoderThatMayComeBack() {
        try (LiveBench small = new LiveBench(LiveSettings.Takeover.REPLACE, 1)) {
            small.connect("one", small.loop).publisher().disconnected();
            assertThat(small.connect("two", small.loop).refusal()).isEqualTo(PublishRefusal.SERVER_FULL);
            assertThat(small.connect("one", small.otherLoop).publisher()).isNotNull();
        }
    }

    @Test
    void givesAnEndedBroadcastThatIsStillListedNoPlace() {
        try (LiveBench small = new LiveBench(LiveSettings.Takeover.REPLACE, 1)) {
            LiveBench.Connection ended = small.publish(A_WHILE);
            ended.publisher().goodbye();
            ended.publisher().disconnected();
            small.time.settle();
            small.connect("two", small.loop);
            assertThat(small.connect().refusal()).isEqualTo(PublishRefusal.SERVER_FULL);
        }
    }

    @Test
    void cutsAndRefusesPublishersWhileItDrainsAndEndsNothing() {
        LiveBench.Connection connection = bench.publish(A_WHILE);
        bench.streams.drain();
        bench.time.settle();
        assertThat(connection.cuts).containsExactly(PublisherCut.SERVER_DRAINING);
        assertThat(bench.connect().refusal()).isEqualTo(PublishRefusal.SERVER_DRAINING);
        assertThat(bench.connect("another", bench.loop).refusal()).isEqualTo(PublishRefusal.SERVER_DRAINING);
        assertThat(bench.streams.windows("another")).isEmpty();
        assertThat(bench.playlist().ended()).isFalse();
        assertThat(bench.told).containsExactly("playable");
    }

    @Test
    void keepsStreamsApart() {
        LiveBench.Connection one = bench.connect("one", bench.loop);
        LiveBench.Connection two = bench.connect("two", bench.loop);
        bench.encoder(one).announce().send(A_WHILE);
        bench.encoder(two).announce().send(A_WHILE);
        assertThat(one.cuts).isEmpty();
        assertThat(bench.streams.publishers()).isEqualTo(2);
        assertThat(bench.streams.windows("one").flatMap(Windows::newest)).isPresent();
        assertThat(bench.streams.windows("two").flatMap(Windows::newest)).isPresent();
    }

    @Test
    void startsAStreamAnewWhoseLastOneIsBeingGivenUp() {
        LiveBench.Connection first = bench.connect();
        var _ = bench.streams.end(LiveBench.KEY, EndReason.API_ENDED);
        LiveBench.Connection second = bench.ask(LiveBench.KEY, bench.otherLoop, LiveBench.TOKEN_LIFE);
        bench.time.settle();
        assertThat(first.cuts).containsExactly(PublisherCut.BROADCAST_ENDED);
        bench.encoder(second).announce().send(A_WHILE);
        assertThat(bench.playlist().segments()).isNotEmpty();
    }
}
