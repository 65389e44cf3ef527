package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// From one generation to the next within a broadcast: the stable address leads to something that goes on all the
/// time.
class HandOverTest {
    private static final Duration A_WHILE = Duration.ofSeconds(5);
    private static final Duration LESS_THAN_A_SEGMENT = Duration.ofSeconds(1);
    private static final Duration A_SEGMENT = Duration.ofSeconds(4);

    private final LiveBench bench = new LiveBench();

    @AfterEach
    void givesEverythingBack() {
        bench.close();
    }

    @Test
    void endsThePlaylistBeforeOnceTheNextOneCanBePlayed() {
        Encoder encoder = bench.encoder(bench.connect()).announceVideo().send(A_WHILE);
        Window before = bench.newest();
        encoder.announce().send(LESS_THAN_A_SEGMENT);
        assertThat(bench.newest().generation()).isEqualTo(before.generation());
        assertThat(bench.playlist().ended()).isFalse();
        assertThat(bench.playlist().preloadHint()).isEmpty();
        encoder.send(A_SEGMENT);
        assertThat(bench.newest().generation()).isNotEqualTo(before.generation());
        assertThat(bench.playlist().ended()).isFalse();
        assertThat(ended(before)).isTrue();
    }

    @Test
    void goesOnWithTheNumbersOfThePlaylistBefore() {
        Encoder encoder = bench.encoder(bench.connect()).announceVideo().send(A_WHILE);
        encoder.announce().send(LESS_THAN_A_SEGMENT);
        long next = bench.playlist().segments().getLast().mediaSequence() + 1;
        encoder.send(A_SEGMENT);
        assertThat(bench.mediaSequenceNumbers()).startsWith(next);
    }

    @Test
    void endsThePlaylistBeforeWithTheBroadcastIfTheNextOneWasNeverPlayable() {
        Encoder encoder = bench.encoder(bench.connect()).announceVideo().send(A_WHILE);
        Window before = bench.newest();
        encoder.announce();
        bench.end();
        assertThat(bench.newest().generation()).isEqualTo(before.generation());
        assertThat(bench.playlist().ended()).isTrue();
        assertThat(bench.told).containsExactly("playable", "api_ended");
    }

    private boolean ended(Window window) {
        return bench.windows()
                .generation(window.generation())
                .orElseThrow()
                .playlist()
                .ended();
    }
}
