package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an encoder that goes away means: it is lost, or it said goodbye.
class LiveStreamReconnectTest {
    private static final Duration A_WHILE = Duration.ofSeconds(5);
    private static final Duration A_MOMENT = Duration.ofMillis(40);

    private final LiveBench bench = new LiveBench();

    @AfterEach
    void givesEverythingBack() {
        bench.close();
    }

    @Test
    void goesOnUnderTheSameNumbersWhenALostEncoderComesBackInTime() {
        bench.publish(A_WHILE).publisher().disconnected();
        String generation = bench.newest().generation();
        bench.time.advance(LiveBench.RECONNECT_WINDOW.minus(A_MOMENT));
        LiveBench.Connection back = bench.connect(LiveBench.KEY, bench.otherLoop);
        bench.encoder(back).announce().send(A_WHILE);
        bench.time.advance(Duration.ofSeconds(8));
        assertThat(bench.newest().generation()).isEqualTo(generation);
        assertThat(bench.mediaSequenceNumbers()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(bench.discontinuities()).containsExactly(false, false, false, true, false);
        assertThat(bench.told).containsExactly("playable");
    }

    @Test
    void saysMeanwhileThatNobodyIsConnectedAndEndsNothing() {
        bench.publish(A_WHILE).publisher().disconnected();
        assertThat(bench.streams.publishers()).isZero();
        assertThat(bench.streams.ingest(LiveBench.KEY))
                .hasValueSatisfying(status -> assertThat(status.connected()).isFalse());
        assertThat(bench.playlist().ended()).isFalse();
    }

    @Test
    void endsWhenALostEncoderStaysAway() {
        bench.publish(A_WHILE).publisher().disconnected();
        bench.time.advance(LiveBench.RECONNECT_WINDOW);
        assertThat(bench.told).containsExactly("playable", "reconnect_timeout");
        assertThat(bench.playlist().ended()).isTrue();
        assertThat(bench.streams.ingest(LiveBench.KEY)).isEmpty();
    }

    @Test
    void countsTheReconnectWindowAnewEachTime() {
        for (int i = 0; i < 3; i++) {
            bench.publish(A_WHILE).publisher().disconnected();
            bench.time.advance(Duration.ofSeconds(20));
        }
        assertThat(bench.told).containsExactly("playable");
        bench.time.advance(Duration.ofSeconds(10));
        assertThat(bench.told).containsExactly("playable", "reconnect_timeout");
    }

    /// Nothing but a header of the picture: no reason yet to end the playlist that has sound.
    @Test
    void keepsThePlaylistOfAnEncoderThatComesBackForAMoment() {
        bench.publish(A_WHILE).publisher().disconnected();
        String generation = bench.newest().generation();
        LiveBench.Connection brief = bench.connect();
        bench.encoder(brief).announceVideo();
        brief.publisher().disconnected();
        bench.publish(A_WHILE);
        assertThat(bench.newest().generation()).isEqualTo(generation);
        assertThat(bench.playlist().ended()).isFalse();
    }

    @Test
    void endsAtOnceWhenTheConnectionClosesAfterAGoodbye() {
        Publisher publisher = bench.publish(A_WHILE).publisher();
        publisher.goodbye();
        bench.time.settle();
        assertThat(bench.told).containsExactly("playable");
        publisher.disconnected();
        bench.time.settle();
        assertThat(bench.told).containsExactly("playable", "client_stopped");
        assertThat(bench.playlist().ended()).isTrue();
    }

    @Test
    void endsThreeSecondsAfterAGoodbyeOnAConnectionThatStays() {
        bench.publish(A_WHILE).publisher().goodbye();
        bench.time.advance(Duration.ofSeconds(3).minus(A_MOMENT));
        assertThat(bench.told).containsExactly("playable");
        bench.time.advance(A_MOMENT);
        assertThat(bench.told).containsExactly("playable", "client_stopped");
    }

    @Test
    void goesOnWhenTheSameConnectionPublishesAgainAfterItsGoodbye() {
        Publisher before = bench.publish(A_WHILE).publisher();
        before.goodbye();
        bench.time.advance(Duration.ofSeconds(2));
        bench.publish(A_WHILE);
        before.disconnected();
        bench.time.advance(Duration.ofSeconds(5));
        assertThat(bench.discontinuities()).containsExactly(false, false, false, true, false);
        assertThat(bench.told).containsExactly("playable");
    }

    @Test
    void goesOnWhenAnotherConnectionPublishesBeforeTheFarewellOfTheFirst() {
        Publisher before = bench.publish(A_WHILE).publisher();
        before.goodbye();
        LiveBench.Connection next = bench.connect(LiveBench.KEY, bench.otherLoop);
        before.disconnected();
        bench.encoder(next).announce().send(A_WHILE);
        assertThat(bench.told).containsExactly("playable");
        assertThat(bench.playlist().ended()).isFalse();
    }

    @Test
    void listsTheLastPicturesOfAnEncoderThatWent() {
        bench.publish(Duration.ofSeconds(3)).publisher().disconnected();
        assertThat(bench.playlist().segments()).hasSize(2);
    }
}
