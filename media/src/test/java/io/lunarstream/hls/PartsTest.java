package io.lunarstream.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.dump.Mp4Dump;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.TrackKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Parts of segments, for encoders of all kinds.
class PartsTest {
    private static final int SECOND = 90_000;
    private static final byte[] IDR = {0, 0, 0, 2, 0x65, (byte) 0x88};
    private static final byte[] NON_IDR = {0, 0, 0, 2, 0x41, (byte) 0x9A};

    private final PackagedMedia media = new PackagedMedia();
    private final List<Part> parts = media.parts;
    private final List<Segment> segments = media.segments;
    private final Packager packager = media.packager;
    private final double audioFrameMs = 1_024_000.0
            / ((Codec.Aac) Encoder.codec(MediaKind.AUDIO)).configuration().samplingFrequency();
    private long audioFrames;

    @AfterEach
    void everythingKeepsItsBoundsAndIsGivenBack() {
        media.close();
    }

    @ParameterizedTest
    @CsvSource({
        "23.976, 334, 8",
        "24, 334, 8",
        "25, 360, 9",
        "29.97, 334, 10",
        "30, 334, 10",
        "48, 334, 16",
        "50, 340, 17",
        "59.94, 334, 20",
        "60, 334, 20",
        "120, 334, 40",
        "15, 334, 5",
        "12, 334, 4",
        "10, 400, 4",
    })
    void areTheSmallestMultipleOfTheFrameDurationThatIsAThirdOfASecond(double fps, int targetMs, int frames) {
        video();
        pictures(evenly(fps, 0, 8), 2);
        assertThat(segments.getLast().partTargetMs()).isEqualTo(targetMs);
        List<Part> own = PartBounds.of(segments.getLast(), parts);
        for (Part part : own.subList(0, own.size() - 1)) {
            assertThat(Mp4Dump.samples(part.bytes())).hasSize(frames);
        }
    }

    @ParameterizedTest
    @CsvSource({"9, 1000", "5, 1000", "1, 1000"})
    void lastASecondWhenFramesComeSeldom(double fps, int targetMs) {
        video();
        pictures(evenly(fps, 0, 12), 2);
        assertThat(segments.getLast().partTargetMs()).isEqualTo(targetMs);
    }

    @Test
    void lastASecondWhenFramesComeIrregularly() {
        video();
        List<Integer> times = new ArrayList<>();
        for (int i = 0, ms = 0; ms < 10_000; ms += 20 + 13 * (i * i % 11), i++) {
            times.add(ms);
        }
        pictures(times, 2);
        assertThat(segments.getLast().partTargetMs()).isEqualTo(1_000);
        assertThat(segments).hasSizeGreaterThan(2);
    }

    @Test
    void toleratesLostFramesAndAClockThatShakes() {
        video();
        List<Integer> times = new ArrayList<>(evenly(30, 0, 10));
        times.removeIf(ms -> ms % 1_000 == 500);
        pictures(times.stream().map(ms -> ms + ms % 7).toList(), 2);
        assertThat(segments.getLast().partTargetMs()).isBetween(334, 340);
    }

    @Test
    void keepBoundsWhenTheFrameRateChangesLater() {
        video();
        List<Integer> times = new ArrayList<>(evenly(30, 0, 4));
        times.addAll(evenly(25, 4_000, 4));
        times.addAll(evenly(60, 8_000, 4));
        times.addAll(evenly(10, 12_000, 4));
        pictures(times, 2);
        assertThat(segments).hasSize(7);
    }

    @Test
    void haveSixteenFramesOfAacAloneAllIndependent() {
        packager.configuration(Encoder.codec(MediaKind.AUDIO));
        audioUntil(8_000);
        int sixteenFramesMs = (int) Math.ceil(Math.ceil(333 / audioFrameMs) * audioFrameMs);
        assertThat(segments.getLast().partTargetMs()).isEqualTo(sixteenFramesMs);
        assertThat(parts).allSatisfy(part -> assertThat(part.independent()).isTrue());
        assertThat(parts).hasSizeGreaterThan(12);
    }

    @Test
    void areTheSegmentPutTogether() {
        video();
        packager.configuration(Encoder.codec(MediaKind.AUDIO));
        picturesAndSound(6_000);
        for (Segment segment : segments) {
            ByteBuf together = Unpooled.wrappedBuffer(PartBounds.of(segment, parts).stream()
                    .map(part -> part.bytes().slice())
                    .toArray(ByteBuf[]::new));
            assertThat(together).isEqualTo(segment.fragmentedMp4());
        }
    }

    @Test
    void loseNoTime() {
        video();
        packager.configuration(Encoder.codec(MediaKind.AUDIO));
        picturesAndSound(6_040);
        for (Segment segment : segments) {
            assertThat(PartBounds.of(segment, parts).stream()
                            .mapToLong(Part::durationTicks)
                            .sum())
                    .isEqualTo(segment.durationTicks());
        }
        assertThat(segments).hasSize(3);
    }

    @Test
    void sayWhereADecoderCanStart() {
        video();
        pictures(evenly(30, 0, 5), 1);
        List<Part> own = PartBounds.of(segments.getLast(), parts);
        assertThat(own).extracting(Part::independent).containsExactly(true, false, false, true, false, false);
    }

    @Test
    void endWithTheEncoder() {
        video();
        pictures(evenly(30, 0, 3), 2);
        int before = parts.size();
        packager.interrupt();
        assertThat(parts).hasSize(before + 1);
        assertThat(PartBounds.of(segments.getLast(), parts)).hasSize(3);
        assertThat(segments).hasSize(2);
    }

    @Test
    void areNotStretchedByAPause() {
        video();
        List<Integer> times = new ArrayList<>(evenly(30, 0, 3));
        times.addAll(evenly(30, 4_500, 3));
        pictures(times, 2);
        packager.interrupt();
        assertThat(segments)
                .filteredOn(segment -> segment.start().discontinuity())
                .isEmpty();
        assertThat(parts.stream().mapToLong(Part::durationTicks).sum())
                .isBetween(6L * SECOND, 6L * SECOND + SECOND / 3);
    }

    private void video() {
        packager.configuration(Encoder.codec(MediaKind.VIDEO));
    }

    private void picturesAndSound(int ms) {
        for (int sentMs = 0; sentMs < ms; sentMs += 40) {
            picture(sentMs, sentMs % 2_000 == 0);
            audioUntil(sentMs + 40);
        }
    }

    /// @param keyframeSeconds every so many seconds, the first picture is a keyframe
    private void pictures(List<Integer> times, int keyframeSeconds) {
        int lastKeyframe = -1;
        for (int ms : times) {
            int keyframe = (ms + 2) / (1_000 * keyframeSeconds);
            picture(ms, keyframe > lastKeyframe);
            lastKeyframe = keyframe;
        }
    }

    private void picture(int ms, boolean sync) {
        frame(MediaKind.VIDEO, ms, sync, sync ? IDR : NON_IDR);
    }

    private void audioUntil(int endMs) {
        for (; audioFrames * audioFrameMs < endMs; audioFrames++) {
            frame(MediaKind.AUDIO, Math.round(audioFrames * audioFrameMs), true, new byte[] {0x21, 0x10, 0x04});
        }
    }

    private void frame(MediaKind kind, long ms, boolean sync, byte[] payload) {
        packager.frame(new Frame(
                TrackKey.defaultOf(kind), ms, 0, sync, Unpooled.wrappedBuffer(payload), 1_000_000_000_000L + ms));
    }

    private static List<Integer> evenly(double fps, int fromMs, int seconds) {
        return IntStream.range(0, (int) (fps * seconds))
                .mapToObj(i -> (int) (fromMs + Math.round(i * 1_000 / fps)))
                .toList();
    }
}
