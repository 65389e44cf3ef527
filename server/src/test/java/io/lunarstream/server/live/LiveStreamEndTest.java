package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How a broadcast ends, and what is left of it.
class LiveStreamEndTest {
    private static final Duration A_WHILE = Duration.ofSeconds(5);
    private static final Duration KEPT_AFTER_END = Duration.ofMinutes(5);

    private final LiveBench bench = new LiveBench();

    @AfterEach
    void givesEverythingBack() {
        bench.close();
    }

    @Test
    void endsAtTheDeadlineOfTheToken() {
        LiveBench.Connection connection = bench.connect(LiveBench.KEY, bench.loop, Duration.ofSeconds(10));
        bench.encoder(connection).announce().send(Duration.ofSeconds(9));
        assertThat(connection.cuts).isEmpty();
        bench.time.advance(Duration.ofSeconds(1));
        assertThat(connection.cuts).containsExactly(PublisherCut.EXPIRED_PUSH_TOKEN);
        assertThat(bench.told).containsExactly("playable", "token_expired");
        assertThat(bench.playlist().ended()).isTrue();
    }

    @Test
    void goesOnUntilADeadlineThatWasMoved() {
        LiveBench.Connection connection = bench.connect(LiveBench.KEY, bench.loop, Duration.ofSeconds(10));
        bench.streams.moveDeadline(LiveBench.KEY, bench.time.instant().plusSeconds(60));
        bench.encoder(connection).announce().send(Duration.ofSeconds(59));
        assertThat(connection.cuts).isEmpty();
        bench.time.advance(Duration.ofSeconds(1));
        assertThat(connection.cuts).containsExactly(PublisherCut.EXPIRED_PUSH_TOKEN);
    }

    @Test
    void neverMovesADeadlineNearer() {
        LiveBench.Connection connection = bench.connect(LiveBench.KEY, bench.loop, Duration.ofSeconds(60));
        bench.streams.moveDeadline(LiveBench.KEY, bench.time.instant().plusSeconds(10));
        bench.time.advance(Duration.ofSeconds(59));
        assertThat(connection.cuts).isEmpty();
    }

    @Test
    void endsAtTheDeadlineWhileTheEncoderIsAway() {
        LiveBench.Connection connection = bench.connect(LiveBench.KEY, bench.loop, Duration.ofSeconds(10));
        bench.encoder(connection).announce().send(A_WHILE);
        connection.publisher().disconnected();
        bench.time.advance(A_WHILE);
        assertThat(bench.told).containsExactly("playable", "token_expired");
    }

    @Test
    void forgetsTheDeadlineOfAnEarlierBroadcast() {
        LiveBench.Connection first = bench.connect(LiveBench.KEY, bench.loop, Duration.ofSeconds(10));
        bench.encoder(first).announce().send(A_WHILE);
        end(EndReason.API_ENDED);
        bench.streams.moveDeadline(LiveBench.KEY, bench.time.instant().plus(Duration.ofHours(9)));
        LiveBench.Connection second = bench.connect(LiveBench.KEY, bench.loop, Duration.ofSeconds(20));
        bench.encoder(second).announce().send(Duration.ofSeconds(19));
        assertThat(second.cuts).isEmpty();
        bench.time.advance(Duration.ofSeconds(1));
        assertThat(second.cuts).containsExactly(PublisherCut.EXPIRED_PUSH_TOKEN);
    }

    @Test
    void endsWhenTheApiSaysSo() {
        LiveBench.Connection connection = bench.publish(A_WHILE);
        assertThat(end(EndReason.API_ENDED)).isTrue();
        assertThat(connection.cuts).containsExactly(PublisherCut.BROADCAST_ENDED);
        assertThat(bench.told).containsExactly("playable", "api_ended");
        assertThat(bench.playlist().ended()).isTrue();
        assertThat(end(EndReason.API_ENDED)).isFalse();
        assertThat(bench.told).hasSize(2);
    }

    @Test
    void tellsARevokedPublisherWhy() {
        LiveBench.Connection connection = bench.publish(A_WHILE);
        end(EndReason.TOKEN_REVOKED);
        assertThat(connection.cuts).containsExactly(PublisherCut.INVALID_PUSH_TOKEN);
    }

    @Test
    void hasNothingToEndWithoutABroadcast() {
        assertThat(end(EndReason.API_ENDED)).isFalse();
    }

    @Test
    void saysOncePerBroadcastThatItCanBePlayed() {
        LiveBench.Connection connection = bench.publish(Duration.ofSeconds(20));
        connection.publisher().disconnected();
        bench.publish(A_WHILE);
        end(EndReason.API_ENDED);
        bench.publish(A_WHILE);
        assertThat(bench.told).containsExactly("playable", "api_ended", "playable");
    }

    @Test
    void saysOnWhoseTokenItCanBePlayed() {
        bench.connect().publisher().disconnected();
        LiveBench.Connection next = bench.publish(Duration.ofSeconds(5));
        bench.publish(Duration.ofSeconds(5));
        assertThat(bench.playableOn).containsExactly(next.tokenId);
    }

    @Test
    void endsWhatAPublisherBeganWhoseTokenIsRevokedAndNothingAfterwards() {
        LiveBench.Connection revoked = bench.publish(Duration.ofSeconds(5));
        revoked.publisher().revoked();
        assertThat(revoked.cuts).containsExactly(PublisherCut.INVALID_PUSH_TOKEN);
        assertThat(bench.told).containsExactly("playable", "token_revoked");
        bench.publish(Duration.ofSeconds(5));
        revoked.publisher().revoked();
        assertThat(bench.told).containsExactly("playable", "token_revoked", "playable");
    }

    @Test
    void endsSilentlyWhatNobodyCouldPlay() {
        LiveBench.Connection connection = bench.connect();
        bench.encoder(connection).announce();
        connection.publisher().disconnected();
        bench.time.advance(LiveBench.RECONNECT_WINDOW);
        assertThat(bench.told).isEmpty();
        assertThat(bench.streams.windows(LiveBench.KEY)).isEmpty();
        assertThat(bench.isReleased()).isTrue();
    }

    @Test
    void makesTheLastPicturesPlayableWhereThereAreNoOthers() {
        bench.publish(Duration.ofMillis(400));
        end(EndReason.API_ENDED);
        assertThat(bench.told).containsExactly("playable", "api_ended");
        assertThat(bench.playlist().segments()).hasSize(1);
    }

    @Test
    void opensAnotherGenerationForTheNextBroadcastAndCountsOn() {
        bench.publish(A_WHILE);
        end(EndReason.API_ENDED);
        Window first = bench.newest();
        bench.publish(A_WHILE);
        assertThat(bench.newest().generation()).isNotEqualTo(first.generation());
        assertThat(bench.mediaSequenceNumbers()).containsExactly(3L, 4L);
        assertThat(bench.discontinuities()).containsExactly(false, false);
        assertThat(bench.windows().generation(first.generation()))
                .hasValueSatisfying(kept -> assertThat(kept.playlist().ended()).isTrue());
    }

    @Test
    void keepsAnEndedPlaylistForFiveMinutesAndForgetsItThen() {
        bench.publish(A_WHILE);
        end(EndReason.API_ENDED);
        bench.time.advance(KEPT_AFTER_END.minusMillis(1));
        assertThat(bench.newest().objects().keySet())
                .filteredOn(name -> name.matches("\\w+-\\w+\\.(m4s|ts)"))
                .hasSize(3 * 2);
        bench.time.advance(Duration.ofMillis(1));
        assertThat(bench.streams.windows(LiveBench.KEY)).isEmpty();
        assertThat(bench.isReleased()).isTrue();
    }

    @Test
    void forgetsTheOldPlaylistAndKeepsTheNewOne() {
        bench.publish(A_WHILE);
        end(EndReason.API_ENDED);
        String old = bench.newest().generation();
        LiveBench.Connection next = bench.connect(LiveBench.KEY, bench.otherLoop);
        bench.encoder(next).announce().send(KEPT_AFTER_END);
        assertThat(bench.windows().generation(old)).isEmpty();
        assertThat(bench.newest().playlist().ended()).isFalse();
    }

    @Test
    void endsABroadcastWhoseMediaCannotBePackagedAndNoOther() {
        LiveBench.Connection good = bench.connect("good", bench.loop);
        LiveBench.Connection bad = bench.connect();
        Encoder encoder = bench.encoder(bad).announce().send(A_WHILE);
        encoder.sendUnusablePicture();
        encoder.send(A_WHILE);
        assertThat(bad.cuts).containsExactly(PublisherCut.MEDIA_ERROR);
        assertThat(bench.told).containsExactly("playable", "media_error");
        assertThat(bench.playlist().ended()).isTrue();
        assertThat(bench.streams.ingest(LiveBench.KEY)).isEmpty();
        bench.encoder(good).announce().send(A_WHILE);
        assertThat(bench.streams.windows("good").flatMap(Windows::newest)).isPresent();
        assertThat(bench.publish(A_WHILE).cuts).isEmpty();
    }

    @Test
    void givesAllMemoryBackAfterMediaThatCannotBePackaged() {
        LiveBench.Connection bad = bench.connect();
        bench.encoder(bad).announce().send(A_WHILE).sendUnusablePicture();
        bench.time.advance(KEPT_AFTER_END);
        assertThat(bench.isReleased()).isTrue();
        assertThat(bench.streams.windows(LiveBench.KEY)).isEmpty();
    }

    @Test
    void remembersKeyframeIntervalsAndTakesNoJumpInTimeForOne() {
        LiveBench.Connection connection = bench.connect();
        bench.encoder(connection).announce().send(A_WHILE);
        bench.encoder(connection).send(A_WHILE);
        assertThat(bench.keyframeIntervals).containsExactly(Duration.ofSeconds(2));
    }

    /// @return whether there was a broadcast to end
    private boolean end(EndReason reason) {
        List<Boolean> ended = new ArrayList<>();
        var _ = bench.streams.end(LiveBench.KEY, reason).thenAccept(ended::add);
        bench.time.settle();
        return ended.getFirst();
    }
}
