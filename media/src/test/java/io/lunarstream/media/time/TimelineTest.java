package io.lunarstream.media.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Timescale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {
    private static final Timescale RATE = new Timescale(48_000);
    private static final long A_DAY_MS = 24 * 3_600_000;
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

    /// RTMP's milliseconds are rounded; neither track's rounding adds up, and no time stamp needs a repair.
    @ParameterizedTest(name = "{0} Hz, {1} samples, {2}/{3} pictures a second")
    @CsvSource({
        "44100, 1024, 30000, 1001",
        "48000, 1024, 60000, 1001",
        "22050, 1024, 24000, 1001",
        "48000, 960, 30, 1",
        "44100, 1024, 50, 1"
    })
    void keepsAudioAndVideoTogetherForADay(int samplingFrequency, int samplesPerFrame, int pictures, int seconds) {
        Timescale rate = new Timescale(samplingFrequency);
        Timeline day = new Timeline();
        day.audioFormat(rate, samplesPerFrame);
        long firstPicture = day.videoDts(0);
        long firstAudio = day.audioDts(0, samplesPerFrame);
        long picture = 0;
        long audioFrame = 0;
        long worstTicks = 0;
        for (long ms = 1_000; ms <= A_DAY_MS; ms += 1_000) {
            long videoTicks = 0;
            long audioTicks = 0;
            while ((picture + 1) * seconds * 1_000 <= ms * pictures) {
                picture++;
                long dts = day.videoDts(rounded(picture * seconds * 1_000, pictures));
                videoTicks = dts - firstPicture - rounded(picture * seconds * 90_000, pictures);
            }
            while ((audioFrame + 1) * samplesPerFrame * 1_000 <= ms * samplingFrequency) {
                audioFrame++;
                long stampMs = audioFrame * samplesPerFrame * 1_000 / samplingFrequency;
                long dts = day.audioDts(stampMs, samplesPerFrame);
                audioTicks = rate.convert(dts - firstAudio - audioFrame * samplesPerFrame, Timescale.MPEG);
            }
            worstTicks = Math.max(worstTicks, Math.abs(videoTicks - audioTicks));
        }
        assertThat(worstTicks).isLessThan(2 * 90);
        assertThat(day.repairs()).isZero();
    }

    private static long rounded(long dividend, long divisor) {
        return (2 * dividend + divisor) / (2 * divisor);
    }

    /// An encoder whose sound card runs at another speed than its clock, by as much as they do.
    @ParameterizedTest
    @ValueSource(doubles = {1.0001, 0.9999, 1.0003, 0.9997})
    void keepsAudioWithinAFrameOfAClockThatDriftsAway(double speed) {
        long first = timeline.audioDts(0, 1_024);
        long worst = 0;
        for (long frame = 1; frame < A_DAY_MS * 48 / 1_024; frame++) {
            long stampMs = Math.round(frame * 1_024 / 48.0 * speed);
            long dts = timeline.audioDts(stampMs, 1_024);
            worst = Math.max(worst, Math.abs(RATE.ofMillis(stampMs) - (dts - first)));
        }
        // A frame, and what comes on top within the second that it takes to be sure.
        assertThat(worst).isLessThan(1_024 + 96);
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
    void keepsAudioThatComesSeldomWithinAGapOfItsTimeStamps() {
        long first = timeline.audioDts(0, 1_024);
        for (int ms = 300; ms <= 30_000; ms += 300) {
            assertThat(timeline.audioDts(ms, 1_024) - first).isBetween((ms - 300) * 48L, ms * 48L);
        }
    }

    @Test
    void believesAGapOfAudioAtOnceThatTheVideoGoesThrough() {
        picture(0);
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
    void followsAJumpOnceTheNextPictureConfirmsIt() {
        picture(10_000);
        long last = picture(10_040);
        assertThat(picture(50_000)).isEqualTo(last + 40 * 90);
        assertThat(picture(50_040)).isBetween(last + 79 * 90, last + 81 * 90);
        assertThat(timeline.jumps(MediaKind.VIDEO, 50_080, false)).isFalse();
        assertThat(timeline.jumps(MediaKind.VIDEO, 50_080, true)).isTrue();
    }

    @Test
    void believesNoPictureAlone() {
        picture(10_000);
        long last = picture(10_040);
        assertThat(picture(50_000)).isEqualTo(last + 40 * 90);
        assertThat(picture(10_120)).isEqualTo(last + 80 * 90);
        assertThat(timeline.jumps(MediaKind.VIDEO, 10_160, true)).isFalse();
        assertThat(timeline.repairs()).isEqualTo(1);
    }

    @Test
    void keepsAGapThatTheNextPictureConfirms() {
        picture(10_000);
        long last = picture(10_040);
        assertThat(picture(12_000)).isEqualTo(last + 40 * 90);
        assertThat(picture(12_040)).isEqualTo(last + 2_000 * 90);
        assertThat(timeline.jumps(MediaKind.VIDEO, 12_080, true)).isFalse();
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
        picture(60_000);
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
        return timeline.videoDts(timestampMs);
    }
}
