package io.lunarstream.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.hls.ListedPart;
import io.lunarstream.hls.ListedSegment;
import io.lunarstream.hls.MediaPlaylist;
import io.lunarstream.hls.SegmentForm;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Parts while they are made, and what becomes of them.
class LivePartsTest {
    private static final Duration A_WHILE = Duration.ofSeconds(5);

    private final LiveBench bench = new LiveBench();

    @AfterEach
    void givesEverythingBack() {
        bench.close();
    }

    @Test
    void areListedBeforeTheirSegmentIsWhole() {
        bench.publish(A_WHILE);
        assertThat(bench.playlist().segments()).hasSize(2);
        assertThat(bench.playlist().open().orElseThrow().parts()).hasSize(2).allSatisfy(part -> {
            assertThat(part.durationTicks()).isEqualTo(9 * 40 * 90);
            assertThat(bytes(part.name())).isNotEmpty();
        });
    }

    @Test
    void areTheSameBytesInTheirSegment() {
        Encoder encoder = bench.encoder(bench.connect()).announce().send(A_WHILE);
        ListedPart second = bench.playlist().open().orElseThrow().parts().get(1);
        byte[] before = bytes(second.name());
        int offset =
                bytes(bench.playlist().open().orElseThrow().parts().getFirst().name()).length;
        encoder.send(Duration.ofSeconds(2));
        ListedSegment segment = bench.playlist().segments().getLast();
        assertThat(segment.parts()).hasSize(6).contains(second);
        assertThat(bytes(second.name())).isEqualTo(before);
        byte[] whole = bytes(segment.name() + SegmentForm.FMP4.extension());
        assertThat(Arrays.copyOfRange(whole, offset, offset + before.length)).isEqualTo(before);
    }

    @Test
    void canBeFetchedForThreeTargetDurationsAfterTheyHaveLeftThePlaylist() {
        Encoder encoder = bench.encoder(bench.connect()).announce().send(A_WHILE);
        String part = bench.playlist().segments().getLast().parts().getFirst().name();
        int targetDuration = bench.playlist().targetDurationSeconds();
        while (isListed(part)) {
            encoder.send(Duration.ofMillis(40));
        }
        encoder.send(Duration.ofSeconds(3L * targetDuration - 1));
        assertThat(bench.newest().objects()).containsKey(part);
        encoder.send(Duration.ofSeconds(4));
        assertThat(bench.newest().objects()).doesNotContainKey(part);
    }

    @Test
    void areNoLongerHintedAtWhenTheEncoderHasGone() {
        LiveBench.Connection connection = bench.publish(A_WHILE);
        assertThat(bench.playlist().preloadHint()).isPresent();
        connection.publisher().disconnected();
        MediaPlaylist playlist = bench.playlist();
        assertThat(playlist.preloadHint()).isEmpty();
        assertThat(playlist.open()).isEmpty();
        assertThat(playlist.segments()).hasSize(3);
        assertThat(playlist.ended()).isFalse();
    }

    @Test
    void goOnInTheSameGenerationWhenTheEncoderComesBack() {
        bench.publish(A_WHILE).publisher().disconnected();
        int partTarget = bench.playlist().partTargetMs();
        String generation = bench.newest().generation();
        bench.publish(Duration.ofMillis(800));
        assertThat(bench.newest().generation()).isEqualTo(generation);
        MediaPlaylist playlist = bench.playlist();
        assertThat(playlist.partTargetMs()).isEqualTo(partTarget);
        assertThat(playlist.open()).hasValueSatisfying(open -> {
            assertThat(open.discontinuity()).isTrue();
            assertThat(open.parts()).hasSize(2);
            assertThat(open.parts().getFirst().independent()).isTrue();
        });
        assertThat(playlist.preloadHint()).isPresent();
    }

    @Test
    void leaveOtherPlaylistsAsTheyAre() {
        Encoder encoder = bench.encoder(bench.connect()).announce().send(Duration.ofMillis(2_100));
        Window before = bench.newest();
        encoder.send(Duration.ofMillis(400));
        Window after = bench.newest();
        assertThat(after.playlist()).isNotEqualTo(before.playlist());
        assertThat(after.transportStream()).isEqualTo(before.transportStream()).isPresent();
        assertThat(after.multivariant()).isEqualTo(before.multivariant());
    }

    private boolean isListed(String part) {
        return bench.playlist().segments().stream()
                .flatMap(segment -> segment.parts().stream())
                .anyMatch(listed -> listed.name().equals(part));
    }

    private byte[] bytes(String name) {
        ByteBuf bytes = bench.object(name).borrow().orElseThrow();
        try {
            return ByteBufUtil.getBytes(bytes);
        } finally {
            bytes.release();
        }
    }
}
