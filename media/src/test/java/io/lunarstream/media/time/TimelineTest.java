package io.lunarstream.media.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Timescale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {
    private static final Timescale RATE = new Timescale(48_000);
    private static final long WIRE = 0xFFFF_FFFFL;

    private final Timeline timeline = new Timeline();

    @BeforeEach
    void audio() {
        timeline.audioFormat(RATE, 1_024);
    }

    @Test
    void keepsTheSpacingOfPictures() {
        long first = picture(5_000);
        assertThat(picture(5_033) - first).isEqualTo(33 * 90);
        assertThat(picture(5_067) - first).isEqualTo(67 * 90);
    }

    @Test
    void alignsAudioWithVideo() {
        long video = picture(5_000);
        long audio = timeline.audioDts(5_010, 1_024);
        assertThat(RATE.convert(audio, Timescale.MPEG) - video).isEqualTo(10 * 90);
    }

    /// 2^24 ms: extended time stamps begin. 2^31 ms: signed overflow. 2^33 ticks of 90 kHz. 2^32 ms: the wire wraps.
    @ParameterizedTest
    @ValueSource(longs = {1L << 24, 1L << 31, (1L << 33) / 90, 1L << 32, 1L << 33})
    void goesThroughEveryWrapWithoutAStep(long borderMs) {
        long startMs = borderMs - 2_000;
        long first = picture(startMs & WIRE);
        long firstAudio = timeline.audioDts(startMs & WIRE, 1_024);
        long audioFrames = 0;
        for (long ms = 40; ms <= 4_000; ms += 40) {
            long wireMs = (startMs + ms) & WIRE;
            assertThat(timeline.jumps(MediaKind.VIDEO, wireMs, true)).isFalse();
            assertThat(picture(wireMs)).isEqualTo(first + ms * 90);
            while ((audioFrames + 1) * 1_024 <= ms * 48) {
                audioFrames++;
                long stampMs = (startMs + audioFrames * 1_024 / 48) & WIRE;
                assertThat(timeline.jumps(MediaKind.AUDIO, stampMs, true)).isFalse();
                assertThat(timeline.audioDts(stampMs, 1_024)).isEqualTo(firstAudio + audioFrames * 1_024);
            }
        }
        assertThat(timeline.repairs()).isZero();
    }

    @Test
    void countsAudioInSamplesWhateverTheRounding() {
        long first = timeline.audioDts(0, 1_024);
        for (int frame = 1; frame < 10_000; frame++) {
            long stampMs = Math.round(frame * 1_024 / 48.0);
            assertThat(timeline.audioDts(stampMs, 1_024)).isEqualTo(first + frame * 1_024L);
        }
        assertThat(timeline.repairs()).isZero();
    }

    @Test
    void countsFramesThatDoNotLastEquallyLong() {
        long expected = timeline.audioDts(0, 960);
        int last = 960;
        for (int samples : new int[] {120, 2_880, 480, 5_760, 960, 1_920}) {
            expected += last;
            last = samples;
            assertThat(timeline.audioDts(Math.round((expected - 480_000) / 48.0), samples))
                    .isEqualTo(expected);
        }
        assertThat(timeline.repairs()).isZero();
    }

    @Test
    void driftsByLessThanAFrameInADay() {
        long first = timeline.audioDts(0, 1_024);
        long frames = 24L * 3_600 * 48_000 / 1_024;
        double encoderFrameMs = 1_024 / 48.0 * 1.0001;
        long dts = first;
        long stampMs = 0;
        for (long frame = 1; frame < frames; frame++) {
            stampMs = Math.round(frame * encoderFrameMs);
            dts = timeline.audioDts(stampMs & WIRE, 1_024);
        }
        long driftSamples = RATE.ofMillis(stampMs) - (dts - first);
        assertThat(Math.abs(driftSamples)).isLessThan(2 * 1_024);
    }

    @Test
    void believesAGapOfAudioOnceTheNextFrameConfirmsIt() {
        long first = timeline.audioDts(0, 1_024);
        timeline.audioDts(21, 1_024);
        assertThat(timeline.audioDts(500, 1_024)).isEqualTo(first + 2 * 1_024);
        assertThat(timeline.audioDts(521, 1_024)).isEqualTo(first + 521 * 48);
        assertThat(timeline.repairs()).isEqualTo(1);
    }

    @Test
    void believesAGapOfAudioAtOnceThatTheVideoGoesThrough() {
        keyframe(0);
        long first = timeline.audioDts(0, 1_024);
        for (long ms = 40; ms <= 2_000; ms += 40) {
            picture(ms);
        }
        assertThat(timeline.audioDts(1_990, 1_024)).isEqualTo(first + 1_990 * 48);
    }

    @Test
    void repairsPicturesThatRepeatOrGoBackALittle() {
        long first = picture(1_000);
        assertThat(picture(1_000)).isEqualTo(first + 1);
        assertThat(picture(990)).isEqualTo(first + 2);
        assertThat(picture(1_040)).isEqualTo(first + 40 * 90);
        assertThat(timeline.repairs()).isEqualTo(2);
    }

    @Test
    void calls3SecondsAheadOfEverythingAJump() {
        picture(0);
        timeline.audioDts(2_500, 1_024);
        assertThat(timeline.jumps(MediaKind.VIDEO, 5_400, true)).isFalse();
        assertThat(timeline.jumps(MediaKind.VIDEO, 5_600, true)).isTrue();
    }

    @Test
    void callsHalfASecondBehindItsOwnTrackAJump() {
        picture(10_000);
        timeline.audioDts(9_000, 1_024);
        assertThat(timeline.jumps(MediaKind.AUDIO, 8_600, true)).isFalse();
        assertThat(timeline.jumps(MediaKind.VIDEO, 9_400, true)).isTrue();
    }

    @Test
    void placesARestartRightAfterTheEnd() {
        picture(100_000);
        long last = picture(100_040);
        timeline.restart();
        assertThat(timeline.jumps(MediaKind.VIDEO, 0, true)).isFalse();
        long next = picture(0);
        assertThat(next - last).isBetween(40L * 90, 42L * 90);
        assertThat(picture(40) - next).isEqualTo(40 * 90);
    }

    @Test
    void takesNoPauseForTheLengthOfAPicture() {
        picture(0);
        picture(40);
        keyframe(60_000);
        assertThat(timeline.videoFrameTicks()).isEqualTo(40 * 90);
    }

    @Test
    void letsAudioTimeOnlyRiseWhenTheFormatIsSaidAgain() {
        picture(1_000);
        timeline.audioDts(1_000, 1_024);
        long last = timeline.audioDts(1_021, 1_024);
        timeline.restart();
        timeline.audioFormat(RATE, 1_024);
        picture(5_000);
        assertThat(timeline.audioDts(4_800, 1_024)).isGreaterThan(last);
    }

    private long picture(long timestampMs) {
        return timeline.videoDts(timestampMs, /* sync= */ false);
    }

    private long keyframe(long timestampMs) {
        return timeline.videoDts(timestampMs, /* sync= */ true);
    }
}
