package io.lunarstream.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Track;
import io.lunarstream.media.TrackKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Time stamps as real encoders send them. Whatever they are: segments of a sensible length, and all memory given back.
class EncoderHabitsTest {
    private static final long WIRE = 0xFFFF_FFFFL;
    private static final byte[] IDR = {0, 0, 0, 2, 0x65, (byte) 0x88};
    private static final byte[] NON_IDR = {0, 0, 0, 2, 0x41, (byte) 0x9A};
    private static final byte[] AUDIO = {0x21, 0x10, 0x04};
    private static final byte[] UNUSABLE = {0, 0, 1, 0, 0x65};
    private static final long PICTURE_MS = 40;
    private static final int AUDIO_MS = 23;

    private final PackagedMedia media = new PackagedMedia();
    private final List<List<Track>> generations = media.generations;
    private final List<Segment> segments = media.segments;
    private final Packager packager = media.packager;
    private long clockMs = 1_000_000_000_000L;

    @AfterEach
    void everythingKeepsItsBoundsAndIsGivenBack() {
        media.close();
    }

    /// 24 bits, 31 bits and 32 bits of milliseconds, and 33 bits of 90 kHz.
    @ParameterizedTest
    @ValueSource(longs = {1L << 24, 1L << 31, (1L << 33) / 90, 1L << 32})
    void goesThroughEveryWrapWithoutADiscontinuity(long borderMs) {
        announce();
        both(borderMs - 3_000, 6_040);
        assertThat(durationsMs()).containsExactly(2_000, 2_000, 2_000);
        assertThat(segments)
                .filteredOn(segment -> segment.start().discontinuity())
                .isEmpty();
    }

    @Test
    void packagesPicturesThatAreShownInAnotherOrder() {
        announce();
        int[] compositionTimesMs = {80, 160, 80, 0, 40};
        for (int i = 0; i < 150; i++) {
            picture(i * PICTURE_MS, compositionTimesMs[i % 5], i % 50 == 0);
        }
        assertThat(durationsMs()).containsExactly(2_000, 2_000);
    }

    @Test
    void packagesPicturesThatAreShownBeforeTheyAreDecoded() {
        announce();
        for (int i = 0; i < 101; i++) {
            picture(i * PICTURE_MS, -40, i % 50 == 0);
        }
        assertThat(durationsMs()).containsExactly(2_000, 2_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 900, -500})
    void cutsByTheVideoWhenTheAudioIsAheadOrBehind(int aheadMs) {
        announce();
        for (long ms = 0; ms <= 6_000; ms += PICTURE_MS) {
            picture(10_000 + ms, 0, ms % 2_000 == 0);
            audio(10_000 + ms + aheadMs);
        }
        assertThat(durationsMs()).containsExactly(2_000, 2_000, 2_000);
        assertThat(segments)
                .filteredOn(segment -> segment.start().discontinuity())
                .isEmpty();
    }

    @Test
    void goesOnWithAudioWhileTheVideoStalls() {
        announce();
        both(0, 4_000);
        for (long ms = 4_000; ms < 64_000; ms += AUDIO_MS) {
            audio(ms);
        }
        both(64_000, 4_040);
        assertThat(segments)
                .filteredOn(segment -> segment.start().discontinuity())
                .isEmpty();
        assertThat(totalMs()).isBetween(65_000L, 68_100L);
    }

    @Test
    void endsTheLastSegmentRightAfterAPictureThatCameAfterAStall() {
        announce();
        both(0, 4_000);
        for (long ms = 4_000; ms < 64_000; ms += AUDIO_MS) {
            audio(ms);
        }
        picture(64_000, 0, true);
        packager.interrupt();
        announce();
        both(0, 2_040);
        long stepMs = segments.getLast().start().programDateTimeMs()
                - segments.get(segments.size() - 2).start().programDateTimeMs();
        assertThat(stepMs).isBetween(0L, 3_500L);
    }

    @Test
    void endsAFewAudioFramesAfterAReconnectThatBeginWithEarlierTimeStamps() {
        announce();
        both(0, 4_000);
        packager.interrupt();
        announce();
        picture(1_000, 0, true);
        audio(900);
        packager.interrupt();
        announce();
        both(1_000, 2_040);
        assertThat(generations).hasSize(1);
    }

    @Test
    void packagesPicturesWithTheSameTimeStamp() {
        announce();
        for (int i = 0; i <= 200; i++) {
            picture((i / 2) * PICTURE_MS, 0, i % 100 == 0);
        }
        assertThat(durationsMs()).containsExactly(2_000, 2_000);
    }

    @Test
    void packagesNothingButKeyframes() {
        announce();
        for (int i = 0; i <= 150; i++) {
            picture(i * PICTURE_MS, 0, true);
        }
        assertThat(durationsMs()).allSatisfy(ms -> assertThat(ms).isBetween(1_960, 2_000));
    }

    @Test
    void packagesAPictureASecond() {
        announce();
        for (int i = 0; i <= 20; i++) {
            picture(i * 1_000L, 0, i % 2 == 0);
        }
        assertThat(totalMs()).isEqualTo(20_000);
        assertThat(segments)
                .filteredOn(segment -> segment.start().discontinuity())
                .isEmpty();
    }

    @Test
    void keepsGapsThatAreShorterThanAJump() {
        announce();
        both(0, 2_000);
        both(4_000, 4_040);
        assertThat(segments)
                .filteredOn(segment -> segment.start().discontinuity())
                .isEmpty();
        assertThat(totalMs()).isEqualTo(8_000);
    }

    @Test
    void datesANewGenerationByTheClockAtArrival() {
        announce();
        both(0, 4_000);
        packager.interrupt();
        clockMs += 20_000;
        packager.configuration(Encoder.codec(MediaKind.VIDEO));
        for (long ms = 0; ms <= 4_000; ms += PICTURE_MS) {
            picture(ms, 0, ms % 2_000 == 0);
        }
        assertThat(generations).hasSize(2);
        Segment before = segments.get(1);
        assertThat(segments.getLast().start().programDateTimeMs()
                        - before.start().programDateTimeMs())
                .isGreaterThanOrEqualTo(22_000);
    }

    @Test
    void keepsThePlaylistWhenAnEncoderComesBackForNothingButAHeader() {
        announce();
        both(0, 4_000);
        packager.interrupt();
        packager.configuration(Encoder.codec(MediaKind.VIDEO));
        packager.interrupt();
        announce();
        both(0, 4_000);
        assertThat(generations).hasSize(1);
    }

    @Test
    void givesAllMemoryBackWhenMediaCannotBePackaged() {
        announce();
        both(0, 3_000);
        assertThatThrownBy(() -> frame(MediaKind.VIDEO, 3_000, 0, true, UNUSABLE))
                .isInstanceOf(IllegalArgumentException.class);
        packager.close();
        assertThat(segments).isNotEmpty();
    }

    private void announce() {
        packager.configuration(Encoder.codec(MediaKind.VIDEO));
        packager.configuration(Encoder.codec(MediaKind.AUDIO));
    }

    private void both(long fromMs, int lengthMs) {
        long audioMs = 0;
        for (long ms = 0; ms < lengthMs; ms += PICTURE_MS) {
            picture(fromMs + ms, 0, ms % 2_000 == 0);
            for (; audioMs < ms + PICTURE_MS; audioMs += AUDIO_MS) {
                audio(fromMs + audioMs);
            }
        }
    }

    private void picture(long ms, int compositionTimeMs, boolean sync) {
        frame(MediaKind.VIDEO, ms, compositionTimeMs, sync, sync ? IDR : NON_IDR);
        clockMs += PICTURE_MS;
    }

    private void audio(long ms) {
        frame(MediaKind.AUDIO, ms, 0, true, AUDIO);
    }

    private void frame(MediaKind kind, long ms, int compositionTimeMs, boolean sync, byte[] payload) {
        ByteBuf data = Unpooled.wrappedBuffer(payload);
        packager.frame(new Frame(TrackKey.defaultOf(kind), ms & WIRE, compositionTimeMs, sync, data, clockMs));
    }

    private List<Integer> durationsMs() {
        return segments.stream()
                .map(segment -> (int) (segment.durationTicks() / 90))
                .toList();
    }

    private long totalMs() {
        return durationsMs().stream().mapToLong(Integer::longValue).sum();
    }
}
