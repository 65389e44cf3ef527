package io.lunarstream.flv;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.dump.Clip;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClipTest {

    @Test
    void readsTracksAndSamplesOfARealRecording() {
        Clip clip = Clip.load("h264-aac.flv");
        assertThat(clip.tracks())
                .extracting(track -> track.codec().rfc6381())
                .containsExactly("avc1.64000a", "mp4a.40.2");
        List<Sample> video = samples(clip, MediaKind.VIDEO);
        assertThat(video).hasSize(30);
        assertThat(video.stream().filter(Sample::sync).map(Sample::dts)).containsExactly(0L, 54_000L);
        assertThat(video.stream().limit(4).map(Sample::pts)).containsExactly(7_200L, 18_000L, 10_800L, 14_400L);
        assertThat(samples(clip, MediaKind.AUDIO)).hasSize(53);
    }

    private static List<Sample> samples(Clip clip, MediaKind kind) {
        return clip.samples().stream()
                .filter(timed -> timed.track().kind() == kind)
                .map(Clip.TrackSample::sample)
                .toList();
    }
}
