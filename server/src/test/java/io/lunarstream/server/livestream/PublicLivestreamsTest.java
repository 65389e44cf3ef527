package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lunarstream.server.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PublicLivestreamsTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private final MutableClock clock = new MutableClock();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile String stored = "old";
    private volatile boolean isHeld;
    private final PublicLivestreams livestreams = new PublicLivestreams(this::read, clock::instant, clock, _ -> {});

    /// Reads the row, and then takes its time to bring it.
    private Optional<PublicLivestream> read(String streamKey) {
        String name = stored;
        reads.incrementAndGet();
        await().until(() -> !isHeld);
        return streamKey.equals(KEY) ? Optional.of(named(name)) : Optional.empty();
    }

    @Test
    void oneReadAnswersManyQuestions() {
        for (int i = 0; i < 100; i++) {
            assertThat(livestreams.find(KEY)).map(PublicLivestream::name).contains("old");
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void textsThatAreNoStreamKeysAreNotReadAndUnknownOnesAreNotKept() {
        assertThat(livestreams.find("")).isEmpty();
        assertThat(livestreams.find("A".repeat(32))).isEmpty();
        assertThat(reads).hasValue(0);
        await().until(() -> {
            assertThat(livestreams.find("0".repeat(32))).isEmpty();
            return reads.get() == 3;
        });
    }

    @Test
    void whatWasBeingReadWhenItChangedIsNotKept() {
        isHeld = true;
        CompletionStage<Optional<PublicLivestream>> slow = livestreams.ask(KEY);
        await().until(() -> reads.get() == 1);
        change();
        assertThat(slow.toCompletableFuture().join())
                .map(PublicLivestream::name)
                .contains("old");
        assertThat(livestreams.find(KEY)).map(PublicLivestream::name).contains("new");
        assertThat(livestreams.find(KEY)).map(PublicLivestream::name).contains("new");
        assertThat(reads).hasValue(2);
    }

    @Test
    void whatWasBeingReadAgainWhenItChangedIsNotKept() {
        livestreams.find(KEY);
        isHeld = true;
        await().until(() -> {
            clock.advance(Duration.ofSeconds(6));
            assertThat(livestreams.find(KEY)).map(PublicLivestream::name).contains("old");
            return reads.get() == 2;
        });
        change();
        assertThat(livestreams.find(KEY)).map(PublicLivestream::name).contains("new");
        assertThat(livestreams.find(KEY)).map(PublicLivestream::name).contains("new");
    }

    /// Changes the row while the old one is under way.
    private void change() {
        stored = "new";
        livestreams.changed(KEY);
        isHeld = false;
    }

    @Test
    void oneThatWaitsExpiresWithItsDeadlineAndNoOtherDoes() {
        Instant deadline = clock.instant().plusSeconds(60);
        PublicLivestream waiting = named("a");
        assertThat(waiting.at(deadline.minusMillis(1)).status()).isEqualTo(LivestreamStatus.READY_FOR_USE);
        assertThat(waiting.at(deadline).status()).isEqualTo(LivestreamStatus.TOKEN_EXPIRED);
        PublicLivestream live = of("a", LivestreamStatus.STARTED);
        assertThat(live.at(deadline).status()).isEqualTo(LivestreamStatus.STARTED);
    }

    private PublicLivestream named(String name) {
        return of(name, LivestreamStatus.READY_FOR_USE);
    }

    private PublicLivestream of(String name, LivestreamStatus status) {
        Instant created = Instant.parse("2026-01-12T18:12:38.918Z");
        return new PublicLivestream(
                new UUID(0, 1),
                name,
                status,
                KEY,
                "rtmp://localhost/live",
                "http://localhost/hls",
                /* isEmbedded= */ true,
                /* isConnected= */ false,
                "local",
                "local",
                created.plusSeconds(60),
                Optional.empty(),
                Optional.empty(),
                created);
    }
}
