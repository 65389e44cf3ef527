package io.lunarstream.fmp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.lunarstream.dump.Clip;
import io.lunarstream.dump.Mp4Dump;
import io.lunarstream.dump.Mp4Dump.Found;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Sample;
import io.lunarstream.media.Track;
import io.lunarstream.media.bytes.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FragmentWriterTest {
    private static final Clip CLIP = Clip.load("h264-aac.flv");
    private static final Track VIDEO = CLIP.tracks().getFirst();
    private static final Track AUDIO = CLIP.tracks().getLast();

    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
    private final FragmentWriter writer = new FragmentWriter(CLIP.tracks(), allocator);

    @AfterEach
    void givesAllMemoryBack() {
        writer.close();
        assertThat(allocator.metric().directArenas()).allMatch(arena -> arena.numActiveAllocations() == 0);
        assertThat(allocator.metric().heapArenas()).allMatch(arena -> arena.numActiveAllocations() == 0);
    }

    @Test
    void keepsEverySampleInFragmentsOfAnySize() {
        for (int perFragment : new int[] {1, 2, 7, 1_000}) {
            List<Found> found = new ArrayList<>();
            List<Clip.TrackSample> samples = CLIP.samples();
            for (int from = 0; from < samples.size(); from += perFragment) {
                int to = Math.min(from + perFragment, samples.size());
                samples.subList(from, to).forEach(timed -> writer.write(timed.track(), timed.sample()));
                found.addAll(finish(track -> endDts(track, to)));
            }
            assertSame(found, VIDEO);
            assertSame(found, AUDIO);
        }
    }

    private static long endDts(Track track, int from) {
        return CLIP.samples().stream()
                .skip(from)
                .filter(timed -> timed.track().equals(track))
                .map(timed -> timed.sample().dts())
                .findFirst()
                .orElseGet(() -> CLIP.endDts(track));
    }

    private static void assertSame(List<Found> found, Track track) {
        List<Found> expected = new ArrayList<>();
        List<Clip.TrackSample> samples = CLIP.samples();
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i).sample();
            if (samples.get(i).track().equals(track)) {
                ByteString data =
                        ByteString.copyOf(sample.data(), 0, sample.data().readableBytes());
                long duration = endDts(track, i + 1) - sample.dts();
                long flags = track.kind() == MediaKind.AUDIO ? 0 : sample.sync() ? 0x0200_0000 : 0x0101_0000;
                expected.add(new Found(track.id(), sample.dts(), sample.compositionOffset(), duration, flags, data));
            }
        }
        assertThat(found.stream().filter(sample -> sample.trackId() == track.id()))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void leavesOutATrackWithoutSamples() {
        writer.write(AUDIO, sample(1_024, 0));
        assertThat(finish(_ -> 2_048)).extracting(Found::trackId).containsExactly(2L);
    }

    @Test
    void writesTimesOf64BitsAndSignedOffsets() {
        writer.write(VIDEO, sample(1L << 40, -3_600));
        assertThat(finish(_ -> (1L << 40) + 3_000))
                .extracting(Found::dts, Found::compositionOffset, Found::duration)
                .containsExactly(tuple(1L << 40, -3_600, 3_000L));
    }

    @Test
    void numbersItsFragments() {
        for (int number = 1; number <= 3; number++) {
            writer.write(AUDIO, sample(number * 1_024L, 0));
            ByteBuf fragment = writer.finish(_ -> 1_024L * 4);
            assertThat(fragment.getInt(20)).isEqualTo(number);
            fragment.release();
        }
    }

    @Test
    void saysHowMuchIsWritten() {
        assertThat(writer.isEmpty()).isTrue();
        writer.write(AUDIO, sample(0, 0));
        writer.write(VIDEO, sample(0, 0));
        assertThat(writer.isEmpty()).isFalse();
        assertThat(writer.payloadBytes()).isEqualTo(10);
    }

    @Test
    void writesAFragmentWithoutSamplesForATrackThatHasNone() {
        assertThat(finish(_ -> 0)).isEmpty();
        writer.write(AUDIO, sample(1_024, 0));
        assertThat(finish(_ -> 2_048)).hasSize(1);
    }

    @Test
    void refusesMisuse() {
        writer.write(AUDIO, sample(1_024, 0));
        assertThatThrownBy(() -> writer.finish(_ -> 1_023)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.finish(_ -> 1L << 40)).isInstanceOf(IllegalArgumentException.class);
        Track stranger = new Track(3, AUDIO.codec(), AUDIO.timescale());
        assertThatThrownBy(() -> writer.write(stranger, sample(0, 0))).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Found> finish(ToLongFunction<Track> endDts) {
        ByteBuf fragment = writer.finish(endDts);
        try {
            return Mp4Dump.samples(fragment);
        } finally {
            fragment.release();
        }
    }

    private static Sample sample(long dts, int compositionOffset) {
        return new Sample(dts, compositionOffset, true, Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 1, 0x65}));
    }
}
