package io.lunarstream.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.dump.Clip;
import io.lunarstream.dump.Mp4Dump;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import io.lunarstream.media.TrackKey;
import io.lunarstream.media.avc.AvcDecoderConfiguration;
import io.lunarstream.media.bytes.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackagerTest {
    private static final int SECOND = 90_000;

    private final PackagedMedia media = new PackagedMedia();
    private final List<List<Track>> generations = media.generations;
    private final List<Segment> segments = media.segments;
    private final Packager packager = media.packager;

    @AfterEach
    void everythingKeepsItsBoundsAndIsGivenBack() {
        media.close();
    }

    @ParameterizedTest
    @CsvSource({"240, 2160", "1000, 2000", "2000, 2000", "4000, 4000", "8000, 8000"})
    void cutsAtTheFirstKeyframeThatIsTwoSecondsAway(int keyframeIntervalMs, int segmentMs) {
        encoder(true, true, keyframeIntervalMs).announce().send(2 * segmentMs + 40);
        assertThat(durationsMs()).containsExactly(segmentMs, segmentMs);
    }

    @ParameterizedTest
    @CsvSource({"2000, 3", "4000, 5", "8000, 9"})
    void announcesOneSecondMoreThanTheFirstSegment(int keyframeIntervalMs, int targetDurationSeconds) {
        encoder(true, true, keyframeIntervalMs).announce().send(keyframeIntervalMs + 40);
        assertThat(segments.getFirst().targetDurationSeconds()).isEqualTo(targetDurationSeconds);
    }

    @Test
    void remembersTheKeyframeIntervalOfAnEarlierBroadcast() {
        try (Packager taught = media.packager(Optional.of(Duration.ofSeconds(6)))) {
            new Encoder(taught, true, true, 1_000).announce().send(2_040);
        }
        assertThat(segments.getFirst().targetDurationSeconds()).isEqualTo(7);
    }

    @Test
    void cutsWithoutAKeyframeWhenNoneComesInTime() {
        encoder(true, true, 60_000).announce().send(25_000);
        assertThat(durationsMs()).containsExactly(10_000, 11_000);
        assertThat(segments.getLast().targetDurationSeconds()).isEqualTo(11);
    }

    @Test
    void neverMakesASegmentLongerThanTheTargetDuration() {
        encoder(true, true, 2_000).announce().send(2_000);
        encoder(true, true, 20_000).from(2_000).send(20_000);
        for (Segment segment : segments) {
            assertThat(segment.durationTicks()).isLessThanOrEqualTo(3L * SECOND);
        }
        assertThat(segments).hasSizeGreaterThan(6);
    }

    @Test
    void losesNoTimeBetweenSegments() {
        encoder(true, true, 2_000).announce().send(20_000);
        packager.interrupt();
        assertThat(durationsMs().stream().mapToLong(Integer::longValue).sum()).isBetween(19_990L, 20_030L);
        assertThat(segments)
                .filteredOn(segment -> segment.start().discontinuity())
                .isEmpty();
    }

    @Test
    void dropsAudioBeforeTheFirstKeyframeWithoutCountingIt() {
        encoder(true, true, 2_000).announce();
        encoder(false, true, 2_000).send(1_000);
        assertThat(packager.dropped()).isZero();
        encoder(true, true, 2_000).from(1_000).send(2_040);
        assertThat(durationsMs()).containsExactly(2_000);
    }

    @Test
    void dropsFramesWithoutACodecConfiguration() {
        encoder(true, true, 2_000).send(1_000);
        assertThat(packager.dropped()).isEqualTo(25);
        assertThat(generations).isEmpty();
    }

    @Test
    void waitsTwoSecondsForASecondTrackAndKeepsWhatCameMeanwhile() {
        encoder(true, false, 1_000).announce().send(2_000);
        assertThat(generations).isEmpty();
        encoder(true, false, 1_000).from(2_000).send(1_000);
        assertThat(generations).hasSize(1);
        assertThat(generations.getFirst()).extracting(Track::kind).containsExactly(MediaKind.VIDEO);
        assertThat(durationsMs()).containsExactly(2_000);
    }

    @Test
    void takesASecondTrackThatComesWithinTwoSeconds() {
        encoder(true, false, 1_000).announce().send(1_000);
        encoder(true, true, 1_000).from(1_000).announce().send(1_040);
        assertThat(generations).hasSize(1);
        assertThat(generations.getFirst()).hasSize(2);
    }

    @Test
    void opensAnotherGenerationForATrackThatComesLater() {
        encoder(true, false, 1_000).announce().send(4_000);
        encoder(true, true, 1_000).from(4_000).announce().send(4_000);
        assertThat(generations).hasSize(2);
        assertThat(generations.getLast()).hasSize(2);
        assertThat(segments.getLast().start().discontinuity()).isFalse();
    }

    @Test
    void playsAudioAlone() {
        encoder(false, true, 0).announce().send(8_000);
        assertThat(durationsMs()).hasSize(4).allSatisfy(ms -> assertThat(ms).isBetween(1_960, 2_040));
    }

    @Test
    void takesARepeatedSequenceHeaderForNoChange() {
        Encoder encoder = encoder(true, true, 1_000).announce();
        for (int i = 0; i < 6; i++) {
            encoder.send(1_000).announce();
        }
        assertThat(segments)
                .filteredOn(segment -> segment.start().discontinuity())
                .isEmpty();
        assertThat(generations).hasSize(1);
    }

    @Test
    void goesOnBehindADiscontinuityWhenTheConfigurationChanges() {
        encoder(true, true, 2_000).announce().send(3_000);
        packager.configuration(otherH264());
        encoder(true, true, 2_000).from(3_000).send(4_040);
        assertThat(generations).hasSize(1);
        assertThat(segments)
                .extracting(segment -> segment.start().discontinuity())
                .containsExactly(false, false, true, false);
        assertThat(segments.get(2).start().tracks())
                .isNotEqualTo(segments.get(1).start().tracks());
    }

    @Test
    void goesOnBehindOneDiscontinuityWhenTheEncoderComesBack() {
        encoder(true, true, 2_000).announce().send(5_000);
        packager.interrupt();
        encoder(true, true, 2_000).pause(7_000).announce().send(5_000);
        assertThat(generations).hasSize(1);
        assertThat(segments)
                .extracting(segment -> segment.start().discontinuity())
                .containsExactly(false, false, false, true, false);
        assertThat(durationsMs()).element(2).satisfies(ms -> assertThat(ms).isBetween(1_000, 1_030));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 16_777_216, 4_294_960_000L, 3_600_000})
    void goesOnBehindADiscontinuityWhenTimeJumps(long toMs) {
        encoder(true, true, 2_000).from(100_000).announce().send(4_000);
        encoder(true, true, 2_000).from(toMs).send(4_040);
        packager.interrupt();
        assertThat(generations).hasSize(1);
        assertThat(segments)
                .filteredOn(segment -> segment.start().discontinuity())
                .hasSize(1);
        assertThat(durationsMs().stream().mapToLong(Integer::longValue).sum()).isBetween(8_000L, 8_100L);
    }

    @Test
    void datesSegmentsByTheClockAtArrivalAdvancedByMediaTime() {
        encoder(true, true, 2_000).announce().send(6_040);
        long first = segments.getFirst().start().programDateTimeMs();
        assertThat(segments)
                .extracting(segment -> segment.start().programDateTimeMs() - first)
                .containsExactly(0L, 2_000L, 4_000L);
    }

    @Test
    void makesAShortBroadcastPlayableToo() {
        encoder(true, true, 2_000).announce().send(400);
        packager.close();
        assertThat(durationsMs()).singleElement().satisfies(ms -> assertThat(ms).isBetween(400, 430));
    }

    @Test
    void makesFragmentsOnlyOfCodecsThatTransportStreamsCannotCarry() {
        encoder(true, true, 2_000).announce().send(2_040);
        packager.interrupt();
        for (Track track : send("hevc-opus.flv")) {
            assertThat(generations.getLast()).extracting(Track::codec).contains(track.codec());
        }
        packager.close();
        assertThat(generations).hasSize(2);
        assertThat(segments.getFirst().transportStream()).isPresent();
        assertThat(segments.getLast().transportStream()).isEmpty();
        assertThat(Mp4Dump.samples(segments.getLast().fragmentedMp4())).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @CsvSource({"hevc-opus.flv, 960", "av1-flac.flv, 4608", "vp9-ac3.flv, 1536"})
    void countsAudioByTheSamplesOfItsFrames(String clip, int samplesPerFrame) {
        send(clip);
        packager.close();
        List<Mp4Dump.Found> audio = Mp4Dump.samples(segments.getFirst().fragmentedMp4()).stream()
                .filter(sample ->
                        generations.getFirst().get((int) sample.trackId() - 1).kind() == MediaKind.AUDIO)
                .toList();
        assertThat(audio.subList(0, audio.size() - 1)).allMatch(sample -> sample.duration() == samplesPerFrame);
    }

    /// Sends a recording after what has been sent, and returns its tracks.
    private List<Track> send(String name) {
        Clip clip = Clip.load(name);
        clip.tracks().forEach(track -> packager.configuration(track.codec()));
        for (Clip.TrackSample timed : clip.samples()) {
            Track track = timed.track();
            long ms = 2_040 + track.timescale().convert(timed.sample().dts(), Timescale.MILLISECONDS);
            packager.frame(new Frame(
                    TrackKey.defaultOf(track.kind()),
                    ms,
                    0,
                    timed.sample().sync(),
                    timed.sample().data(),
                    ms));
        }
        return clip.tracks();
    }

    private static Codec otherH264() {
        AvcDecoderConfiguration usual = ((Codec.H264) Encoder.codec(MediaKind.VIDEO)).configuration();
        List<ByteString> twice =
                List.of(usual.ppsList().getFirst(), usual.ppsList().getFirst());
        return new Codec.H264(new AvcDecoderConfiguration(usual.nalLengthBytes(), usual.spsList(), twice));
    }

    private Encoder encoder(boolean video, boolean audio, int keyframeIntervalMs) {
        return new Encoder(packager, video, audio, keyframeIntervalMs);
    }

    private List<Integer> durationsMs() {
        return segments.stream()
                .map(segment -> (int) (segment.durationTicks() / 90))
                .toList();
    }
}
