package io.lunarstream.hls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.dump.Mp4Dump;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Track;
import io.lunarstream.media.TrackKey;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several encodings of one picture and several sounds: each in a playlist of its own, cut at the same instants.
class MultitrackTest {
    private static final TrackKey VIDEO_1 = new TrackKey(MediaKind.VIDEO, 1);
    private static final TrackKey VIDEO_2 = new TrackKey(MediaKind.VIDEO, 2);
    private static final TrackKey AUDIO_1 = new TrackKey(MediaKind.AUDIO, 1);
    private static final int PICTURE_MS = 40;
    private static final byte[] IDR = {0, 0, 0, 2, 0x65, (byte) 0x88};
    private static final byte[] NON_IDR = {0, 0, 0, 2, 0x41, (byte) 0x9A};
    private static final long WIRE = 0xFFFF_FFFFL;

    private final PackagedMedia media = new PackagedMedia();
    private final List<List<Track>> generations = media.generations;
    private final List<Part> parts = media.parts;
    private final List<Segment> segments = media.segments;
    private final Packager packager = media.packager;
    private final double audioFrameMs = 1_024_000.0
            / ((Codec.Aac) Encoder.codec(MediaKind.AUDIO)).configuration().samplingFrequency();

    @AfterEach
    void everythingKeepsItsBoundsAndIsGivenBack() {
        media.close();
    }

    @Test
    void cutsAllTracksAtTheSameInstantsWhateverOrderTheyComeIn() {
        List<TrackKey> tracks = new ArrayList<>(List.of(TrackKey.VIDEO, VIDEO_1, VIDEO_2, TrackKey.AUDIO, AUDIO_1));
        Collections.reverse(tracks);
        announce(tracks);
        send(tracks, 0, 6_200);
        packager.interrupt();
        assertThat(generations)
                .singleElement()
                .satisfies(only -> assertThat(only).hasSize(5));
        assertThat(names()).containsExactly("video1", "video2", "video3", "audio1", "audio2");
        for (String name : names()) {
            assertThat(of(name)).as(name).hasSize(4);
            assertThat(times(name)).as(name).isEqualTo(times("video1"));
            assertThat(partTimes(name)).as(name).isEqualTo(partTimes("video1"));
        }
        for (String name : List.of("video1", "video2", "video3")) {
            assertThat(of(name)).allSatisfy(segment -> {
                List<Mp4Dump.Found> samples = Mp4Dump.samples(segment.fragmentedMp4());
                assertThat(samples.getFirst().sync()).isTrue();
                assertThat(samples.subList(1, samples.size())).noneMatch(Mp4Dump.Found::sync);
            });
            assertThat(of(name).getFirst().pictures()).isEqualTo(50);
        }
    }

    @Test
    void carriesTheDefaultTracksAloneInMpegTs() {
        List<TrackKey> tracks = List.of(TrackKey.VIDEO, VIDEO_1, TrackKey.AUDIO, AUDIO_1);
        announce(tracks);
        send(tracks, 0, 2_200);
        assertThat(of("video1")).allMatch(segment -> segment.transportStream().isPresent());
        assertThat(of("video2")).allMatch(segment -> segment.transportStream().isEmpty());
        assertThat(of("audio1")).allMatch(segment -> segment.transportStream().isEmpty());
        assertThat(segments.getFirst().start().rendition().transportStreamTracks())
                .extracting(Track::kind)
                .containsExactly(MediaKind.VIDEO, MediaKind.AUDIO);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4_294_965_000L})
    void neitherLosesNorMovesASample(long startMs) {
        List<TrackKey> tracks = List.of(TrackKey.AUDIO, VIDEO_1, AUDIO_1, TrackKey.VIDEO);
        announce(tracks);
        send(tracks, startMs, 10_000);
        packager.interrupt();
        assertThat(dts("video2")).isEqualTo(dts("video1")).hasSize(250);
        assertThat(dts("audio2")).isEqualTo(dts("audio1")).hasSizeGreaterThan(400);
        assertThat(packager.repairs()).isZero();
    }

    @Test
    void muxesOneVideoAndOneAudioTrackWhateverTheirNumbers() {
        List<TrackKey> tracks = List.of(VIDEO_2, AUDIO_1);
        announce(tracks);
        send(tracks, 0, 4_200);
        assertThat(names()).containsExactly("media");
        assertThat(segments)
                .hasSize(2)
                .allMatch(segment -> segment.transportStream().isPresent());
    }

    @Test
    void opensAnotherGenerationForATrackThatComesLaterAndForOneThatGoes() {
        List<TrackKey> two = List.of(TrackKey.VIDEO, TrackKey.AUDIO);
        List<TrackKey> three = List.of(TrackKey.VIDEO, TrackKey.AUDIO, VIDEO_1);
        announce(two);
        send(two, 0, 4_000);
        announce(three);
        send(three, 4_000, 4_000);
        assertThat(generations).extracting(List::size).containsExactly(2, 3);
        send(two, 8_000, 10_000);
        assertThat(generations).extracting(List::size).containsExactly(2, 3, 2);
        send(three, 18_000, 3_000);
        assertThat(generations).extracting(List::size).containsExactly(2, 3, 2, 3);
        assertThat(segments).noneMatch(segment -> segment.start().discontinuity());
    }

    @Test
    void goesOnWithoutTheDefaultVideoWhenThatGoes() {
        List<TrackKey> all = List.of(TrackKey.VIDEO, VIDEO_1, TrackKey.AUDIO);
        announce(all);
        send(all, 0, 4_000);
        send(List.of(VIDEO_1, TrackKey.AUDIO), 4_000, 12_000);
        packager.interrupt();
        assertThat(generations).hasSize(2);
        assertThat(segments.getLast().start().rendition().name()).isEqualTo("media");
        assertThat(segments.getLast().pictures()).isPositive();
    }

    @Test
    void waitsForNobodyLongerThanHalfASecond() {
        List<TrackKey> all = List.of(TrackKey.VIDEO, VIDEO_1, TrackKey.AUDIO);
        announce(all);
        send(all, 0, 2_000);
        send(List.of(TrackKey.VIDEO, TrackKey.AUDIO), 2_000, 2_600);
        assertThat(of("video1")).hasSize(2);
        assertThat(of("video2")).hasSize(2).element(1).satisfies(segment -> {
            assertThat(Mp4Dump.samples(segment.fragmentedMp4())).isEmpty();
            assertThat(segment.lastPart().independent()).isFalse();
        });
    }

    @Test
    void beginsATrackWithItsOwnKeyframe() {
        List<TrackKey> all = List.of(TrackKey.VIDEO, VIDEO_1);
        announce(all);
        for (int ms = 0; ms < 4_200; ms += PICTURE_MS) {
            picture(TrackKey.VIDEO, ms, ms % 2_000 == 0);
            picture(VIDEO_1, ms, ms % 2_000 == 1_000);
        }
        packager.interrupt();
        List<Mp4Dump.Found> samples = Mp4Dump.samples(of("video2").getFirst().fragmentedMp4());
        assertThat(samples.getFirst().sync()).isTrue();
        assertThat(samples).hasSize(25);
    }

    @Test
    void staysInTheGenerationBehindADiscontinuityWhenTimeJumps() {
        List<TrackKey> all = List.of(TrackKey.VIDEO, VIDEO_1, TrackKey.AUDIO, AUDIO_1);
        announce(all);
        send(all, 100_000, 4_000);
        send(all, 0, 4_040);
        packager.interrupt();
        assertThat(generations).hasSize(1);
        for (String name : names()) {
            assertThat(times(name)).as(name).isEqualTo(times("video1"));
            assertThat(of(name))
                    .filteredOn(segment -> segment.start().discontinuity())
                    .hasSize(1);
        }
        assertThat(dts("video2")).isSorted();
    }

    @Test
    void makesSeveralSoundsWithoutAPicture() {
        List<TrackKey> all = List.of(TrackKey.AUDIO, AUDIO_1);
        announce(all);
        send(all, 0, 8_000);
        assertThat(names()).containsExactly("audio1", "audio2");
        assertThat(times("audio2")).hasSizeGreaterThan(2).isEqualTo(times("audio1"));
        assertThat(parts).allMatch(Part::independent);
    }

    private void announce(List<TrackKey> tracks) {
        tracks.forEach(track -> packager.configuration(track, Encoder.codec(track.kind())));
    }

    /// Sends these tracks, those of one time stamp in this order.
    private void send(List<TrackKey> tracks, long startMs, int lengthMs) {
        for (int ms = 0; ms < lengthMs; ms += PICTURE_MS) {
            for (TrackKey track : tracks) {
                switch (track.kind()) {
                    case VIDEO -> picture(track, startMs + ms, ms % 2_000 == 0);
                    case AUDIO -> audio(track, startMs, ms);
                }
            }
        }
    }

    private void audio(TrackKey track, long startMs, int fromMs) {
        for (long i = (long) Math.ceil(fromMs / audioFrameMs); i * audioFrameMs < fromMs + PICTURE_MS; i++) {
            frame(track, startMs + Math.round(i * audioFrameMs), true, new byte[] {0x21, 0x10, 0x04});
        }
    }

    private void picture(TrackKey track, long ms, boolean sync) {
        frame(track, ms, sync, sync ? IDR : NON_IDR);
    }

    private void frame(TrackKey track, long ms, boolean sync, byte[] payload) {
        packager.frame(new Frame(track, ms & WIRE, 0, sync, Unpooled.wrappedBuffer(payload), 1_000_000_000_000L + ms));
    }

    private List<String> names() {
        return segments.stream()
                .map(segment -> segment.start().rendition().name())
                .distinct()
                .toList();
    }

    private List<Segment> of(String name) {
        return segments.stream()
                .filter(segment -> segment.start().rendition().name().equals(name))
                .toList();
    }

    private List<Object> times(String name) {
        return collect(
                of(name),
                segment -> List.of(
                        segment.durationTicks(),
                        segment.start().programDateTimeMs(),
                        segment.start().discontinuity(),
                        segment.targetDurationSeconds(),
                        segment.partTargetMs()));
    }

    private List<Object> partTimes(String name) {
        return parts.stream()
                .filter(part -> part.segment().rendition().name().equals(name))
                .map(Part::durationTicks)
                .collect(Collectors.toList());
    }

    private List<Long> dts(String name) {
        return of(name).stream()
                .flatMap(segment -> Mp4Dump.samples(segment.fragmentedMp4()).stream())
                .map(Mp4Dump.Found::dts)
                .toList();
    }

    private static <T> List<Object> collect(List<T> all, Function<T, Object> view) {
        return all.stream().map(view).toList();
    }
}
