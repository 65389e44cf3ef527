package io.lunarstream.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.dump.Mp4Dump;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.TrackKey;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The beginning of a generation where an earlier broadcast has taught the keyframe interval.
class RememberedIntervalTest {
    private static final byte[] IDR = {0, 0, 0, 2, 0x65, (byte) 0x88};
    private static final byte[] NON_IDR = {0, 0, 0, 2, 0x41, (byte) 0x9A};

    private final PackagedMedia media = new PackagedMedia();
    private final List<Segment> segments = media.segments;
    private Packager packager = media.packager;

    @AfterEach
    void everythingKeepsItsBoundsAndIsGivenBack() {
        packager.close();
        media.close();
    }

    @Test
    void hasASegmentAsSoonAsThereIsAPart() {
        encoder(2_000, 2_000).send(360);
        assertThat(durationsMs()).containsExactly(320);
        Segment first = segments.getFirst();
        assertThat(first.targetDurationSeconds()).isEqualTo(3);
        assertThat(first.partTargetMs()).isEqualTo(360);
        assertThat(first.lastPart().independent()).isTrue();
        assertThat(Mp4Dump.samples(first.lastPart().bytes())).isNotEmpty();
    }

    @Test
    void goesOnWithSegmentsThatBeginWithTheEncodersKeyframes() {
        encoder(2_000, 2_000).send(6_040);
        assertThat(durationsMs()).containsExactly(320, 1_680, 2_000, 2_000);
        assertThat(segments).extracting(this::begins).containsExactly(true, false, true, true);
    }

    @ParameterizedTest
    @CsvSource({"240, 3", "1000, 3", "1500, 4", "2000, 3", "4000, 5", "8000, 9", "60000, 11"})
    void leavesRoomForTheSegmentsThatTheIntervalMakes(int intervalMs, int targetDurationSeconds) {
        encoder(intervalMs, intervalMs).send(12_040);
        assertThat(segments.getFirst().targetDurationSeconds()).isEqualTo(targetDurationSeconds);
        assertThat(segments).filteredOn(segment -> !begins(segment)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"3000", "4000", "5000", "8320", "20000"})
    void keepsItsWordWhenTheIntervalIsLongerNow(int intervalMs) {
        encoder(2_000, intervalMs).send(30_040);
        assertThat(segments)
                .allSatisfy(segment -> assertThat(segment.durationTicks()).isLessThanOrEqualTo(3 * 90_000L));
        assertThat(media.generations).hasSize(1);
        assertThat(durationsMs().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(27_000);
    }

    @Test
    void keepsItsWordWhenTheIntervalIsShorterNow() {
        encoder(8_000, 1_000).send(6_040);
        assertThat(durationsMs()).containsExactly(320, 1_680, 2_000, 2_000);
        assertThat(segments).extracting(Segment::targetDurationSeconds).containsOnly(9);
    }

    @ParameterizedTest
    @CsvSource({"10, 400", "12, 334", "15, 334", "24, 334", "25, 360", "29.97, 334", "30, 334", "50, 340", "60, 334"})
    void knowsThePartTargetByTheFramesOfTheFirstPart(double fps, int targetMs) {
        taught(2_000);
        packager.configuration(Encoder.codec(MediaKind.VIDEO));
        evenly(fps, 8).forEach(ms -> picture(ms, segments.isEmpty() ? ms == 0 : ms % 2_000 < 1_000 / fps));
        assertThat(segments.getFirst().durationTicks()).isLessThanOrEqualTo(targetMs * 90L);
        assertThat(segments).extracting(Segment::partTargetMs).containsOnly(targetMs);
    }

    @Test
    void waitsForTheFirstSegmentWhenFramesComeIrregularly() {
        taught(2_000);
        packager.configuration(Encoder.codec(MediaKind.VIDEO));
        for (int i = 0, ms = 0; ms < 4_100; ms += 20 + 13 * (i * i % 11), i++) {
            picture(ms, i == 0 || ms / 2_000 > segments.size());
        }
        assertThat(segments.getFirst().durationTicks()).isGreaterThan(2 * 90_000L - 9_000);
        assertThat(segments).extracting(Segment::partTargetMs).containsOnly(1_000);
    }

    @Test
    void forgivesOneFrameThatIsLateByTakingALongerLook() {
        taught(2_000);
        packager.configuration(Encoder.codec(MediaKind.VIDEO));
        evenly(30, 3).forEach(ms -> picture(ms == 67 ? 90 : ms, ms == 0));
        assertThat(durationsMs()).containsExactly(667);
        assertThat(segments.getFirst().partTargetMs()).isEqualTo(334);
    }

    @Test
    void waitsUntilThereIsSomethingOfEveryTrack() {
        taught(2_000);
        packager.configuration(Encoder.codec(MediaKind.VIDEO));
        packager.configuration(Encoder.codec(MediaKind.AUDIO));
        evenly(25, 1).forEach(ms -> {
            picture(ms, ms == 0);
            if (ms == 600) {
                frame(MediaKind.AUDIO, ms, true, new byte[] {0x21, 0x10, 0x04});
            }
        });
        assertThat(durationsMs()).containsExactly(640);
    }

    @Test
    void isOfNoUseInAGenerationOfAnEarlierRun() {
        taught(2_000);
        List<String> codecs = Stream.of(MediaKind.VIDEO, MediaKind.AUDIO)
                .map(kind -> Encoder.codec(kind).word())
                .toList();
        packager.resume(
                new Resumption(codecs, /* targetDurationSeconds= */ 5, /* partTargetMs= */ 334, /* endMs= */ 0));
        new Encoder(packager, true, true, 2_000).announce().send(2_040);
        assertThat(durationsMs()).containsExactly(2_000);
        assertThat(segments.getFirst().targetDurationSeconds()).isEqualTo(5);
    }

    private Encoder encoder(int rememberedMs, int intervalMs) {
        taught(rememberedMs);
        return new Encoder(packager, true, true, intervalMs).announce();
    }

    private void taught(int rememberedMs) {
        packager = media.packager(Optional.of(Duration.ofMillis(rememberedMs)));
    }

    private void picture(int ms, boolean sync) {
        frame(MediaKind.VIDEO, ms, sync, sync ? IDR : NON_IDR);
    }

    private void frame(MediaKind kind, long ms, boolean sync, byte[] payload) {
        packager.frame(new Frame(
                TrackKey.defaultOf(kind), ms, 0, sync, Unpooled.wrappedBuffer(payload), 1_000_000_000_000L + ms));
    }

    private static List<Integer> evenly(double fps, int seconds) {
        return IntStream.range(0, (int) (fps * seconds))
                .mapToObj(i -> (int) Math.round(i * 1_000 / fps))
                .toList();
    }

    private List<Integer> durationsMs() {
        return segments.stream()
                .map(segment -> (int) (segment.durationTicks() / 90))
                .toList();
    }

    /// Whether a decoder can start with it.
    private boolean begins(Segment segment) {
        return PartBounds.of(segment, media.parts).getFirst().independent();
    }
}
