package io.lunarstream.server.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvTag;
import io.lunarstream.flv.FlvTag.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TagLoopTest {

    @Test
    void theTestPictureGoesOnWithoutASeam() throws Exception {
        TagLoop tags = TagLoop.endless(FlvClip.of(FlvBytes.testPicture()).tags());
        List<Long> video = new ArrayList<>();
        List<Long> audio = new ArrayList<>();
        while (video.size() < 3 * 1_800 || audio.size() < 3 * 1_875) {
            FlvTag tag = tags.next().orElseThrow();
            if (tag.role() == Role.FRAME) {
                (tag.type() == FlvTag.Type.VIDEO ? video : audio).add(tag.timestampMs());
            }
        }
        for (int frame = 0; frame < 3 * 1_875; frame++) {
            assertThat(audio.get(frame)).isEqualTo(frame * 32L);
        }
        for (int frame = 0; frame < 3 * 1_800; frame++) {
            assertThat(video.get(frame)).isEqualTo(Math.round(frame * 1_000.0 / 30));
        }
    }

    @Test
    void aRoundLastsAsLongAsTheLongestTrack() throws Exception {
        FlvBytes flv = new FlvBytes();
        flv.video(0).audio(0).audio(23).video(40).audio(46).audio(69);
        assertThat(take(endless(flv), 12))
                .containsExactly(
                        "VIDEO 0",
                        "AUDIO 0",
                        "AUDIO 23",
                        "VIDEO 40",
                        "AUDIO 46",
                        "AUDIO 69",
                        "VIDEO 92",
                        "AUDIO 92",
                        "AUDIO 115",
                        "VIDEO 132",
                        "AUDIO 138",
                        "AUDIO 161");
    }

    @Test
    void theFirstFrameIsAtZeroWhereverTheRecordingBegins() throws Exception {
        FlvBytes flv = new FlvBytes();
        flv.configurations().video(500_000).video(500_040).audio(499_990);
        assertThat(take(endless(flv), 10))
                .containsExactly(
                        "VIDEO 0 CONFIGURATION",
                        "AUDIO 0 CONFIGURATION",
                        "VIDEO 0",
                        "VIDEO 40",
                        "AUDIO 0",
                        "VIDEO 1000 CONFIGURATION",
                        "AUDIO 1000 CONFIGURATION",
                        "VIDEO 1000",
                        "VIDEO 1040",
                        "AUDIO 990");
    }

    @Test
    void metadataAreSentOnceAndTheEndOfATrackOnlyAtTheEnd() throws Exception {
        FlvBytes flv = new FlvBytes();
        flv.tag(FlvTag.Type.SCRIPT_DATA, 0, "02").video(0).video(40).tag(FlvTag.Type.VIDEO, 40, "1702000000");
        assertThat(take(endless(flv), 5))
                .containsExactly("SCRIPT_DATA 0 METADATA", "VIDEO 0", "VIDEO 40", "VIDEO 80", "VIDEO 120");
        TagLoop once = TagLoop.once(FlvClip.of(flv.toArray()).tags());
        assertThat(take(once, 4)).containsExactly("SCRIPT_DATA 0 METADATA", "VIDEO 0", "VIDEO 40", "VIDEO 40 END");
        assertThat(once.next()).isEmpty();
    }

    @Test
    void aStillPictureLastsASecond() throws Exception {
        assertThat(take(endless(new FlvBytes().video(7)), 3)).containsExactly("VIDEO 0", "VIDEO 1000", "VIDEO 2000");
    }

    @Test
    void aRecordingWithoutFramesIsRefusedInsteadOfBeingRepeatedForEver() throws Exception {
        TagLoop tags = endless(new FlvBytes().configurations());
        take(tags, 2);
        assertThatThrownBy(tags::next).isInstanceOf(IOException.class).hasMessage("it holds neither audio nor video");
    }

    @Test
    void timeStampsRiseBeyond32Bits() throws Exception {
        TagLoop tags = endless(new FlvBytes().video(0).video(0xFFFF_FF00L));
        assertThat(take(tags, 4))
                .containsExactly("VIDEO 0", "VIDEO 4294967040", "VIDEO 8589934080", "VIDEO 12884901120");
    }

    @Test
    void publishersOfOneClipDoNotDisturbEachOther() throws Exception {
        FlvClip clip = FlvClip.of(new FlvBytes().video(0).video(40).toArray());
        TagLoop one = TagLoop.endless(clip.tags());
        TagLoop other = TagLoop.endless(clip.tags());
        assertThat(Stream.of(one, one, other, one, other).map(TagLoopTest::text))
                .containsExactly("VIDEO 0", "VIDEO 40", "VIDEO 0", "VIDEO 80", "VIDEO 40");
    }

    private static TagLoop endless(FlvBytes flv) throws FlvException {
        return TagLoop.endless(FlvClip.of(flv.toArray()).tags());
    }

    private static List<String> take(TagLoop tags, int count) {
        return Stream.generate(() -> text(tags)).limit(count).toList();
    }

    private static String text(TagLoop tags) {
        Optional<FlvTag> next;
        try {
            next = tags.next();
        } catch (IOException | FlvException e) {
            throw new AssertionError(e);
        }
        FlvTag tag = next.orElseThrow();
        return tag.type() + " " + tag.timestampMs() + (tag.role() == Role.FRAME ? "" : " " + tag.role());
    }
}
