package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a live stream costs, and that it is given back.
class LiveMemoryTest {
    private final LiveBench bench = new LiveBench();

    @AfterEach
    void givesEverythingBack() {
        bench.close();
    }

    @Test
    void holdsNoMoreAfterTwelveMinutesThanAfterTwo() {
        LiveBench.Connection connection = bench.connect();
        Encoder encoder = bench.encoder(connection).announce().send(Duration.ofMinutes(2));
        long before = bench.allocator.metric().usedDirectMemory();
        encoder.send(Duration.ofMinutes(10));
        assertThat(bench.allocator.metric().usedDirectMemory()).isLessThanOrEqualTo(before + before / 10);
    }

    @Test
    void keepsWhatIsListedInMemoryWhileThereIsNoDisk() {
        bench.publish(Duration.ofMinutes(2));
        assertThat(bench.playlist().segments())
                .allSatisfy(segment -> assertThat(
                                bench.object(segment.name() + ".m4s").borrow())
                        .hasValueSatisfying(bytes -> assertThat(bytes.release()).isFalse()));
    }

    /// The garbage collector takes playlists, which nobody releases: they may not come from an allocator.
    @Test
    void takesNoMemoryForPlaylistsThatMustBeGivenBack() {
        PlaylistBody body = new PlaylistBody(() -> "#EXTM3U\n".repeat(1_000));
        long before = UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
        assertThat(body.plain().bytes().isDirect()).isTrue();
        assertThat(body.gzip().bytes().isDirect()).isTrue();
        assertThat(UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()).isEqualTo(before);
    }

    @Test
    void leavesBorrowedBytesAloneUntilTheyAreReturned() {
        bench.publish(Duration.ofSeconds(3));
        StoredMedia media = bench.newest().objects().values().iterator().next();
        var borrowed = media.borrow().orElseThrow();
        media.evict();
        assertThat(media.borrow()).isEmpty();
        assertThat(borrowed.readableBytes()).isEqualTo(media.bytes());
        assertThat(borrowed.release()).isTrue();
    }
}
