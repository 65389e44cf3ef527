package io.lunarstream.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The clip of `./lunar up --demo`, read tag by tag. Source: FLV 10.1, sections E.3 and E.4.
class TestPictureTest {
    private static final int AUDIO = 8;
    private static final int VIDEO = 9;
    private static final int KEYFRAME_OF_AVC = 0x17;
    private static final int SEQUENCE_HEADER = 0;

    private record Tag(int type, int timestampMs, int firstByte, int packetType) {
        boolean isSampleOf(int wanted) {
            return type == wanted && packetType == 1;
        }
    }

    private final List<Tag> tags = readTags();

    @Test
    void lastsSixtySecondsToTheFrameInBothTracks() {
        List<Tag> video = tags.stream().filter(tag -> tag.isSampleOf(VIDEO)).toList();
        List<Tag> audio = tags.stream().filter(tag -> tag.isSampleOf(AUDIO)).toList();
        assertThat(video).hasSize(60 * 30);
        assertThat(video.getFirst().timestampMs()).isZero();
        assertThat(video.getLast().timestampMs()).isEqualTo(60_000 - 33);
        assertThat(audio).hasSize(60_000 / 32);
        assertThat(audio.getFirst().timestampMs()).isZero();
        assertThat(audio.getLast().timestampMs()).isEqualTo(60_000 - 32);
    }

    @Test
    void hasAKeyframeEverySecond() {
        assertThat(tags.stream()
                        .filter(tag -> tag.isSampleOf(VIDEO) && tag.firstByte() == KEYFRAME_OF_AVC)
                        .map(Tag::timestampMs))
                .hasSize(60)
                .allMatch(timestampMs -> timestampMs % 1_000 == 0);
    }

    @Test
    void announcesBothTracksBeforeTheFirstSample() {
        assertThat(tags.stream()
                        .filter(tag -> tag.type() == AUDIO || tag.type() == VIDEO)
                        .limit(2))
                .extracting(Tag::packetType)
                .containsOnly(SEQUENCE_HEADER);
    }

    private static List<Tag> readTags() {
        ByteBuffer flv = ByteBuffer.wrap(readClip());
        flv.position(/* header and first PreviousTagSize= */ 9 + 4);
        List<Tag> tags = new ArrayList<>();
        while (flv.hasRemaining()) {
            int typeAndSize = flv.getInt();
            int timestamp = flv.getInt();
            flv.position(flv.position() + /* StreamID= */ 3);
            int size = typeAndSize & 0xFFFFFF;
            int timestampMs = timestamp >>> 8 | timestamp << 24;
            int body = flv.position();
            tags.add(new Tag(typeAndSize >>> 24, timestampMs, flv.get(body) & 0xFF, flv.get(body + 1)));
            flv.position(body + size + /* PreviousTagSize= */ 4);
        }
        return tags;
    }

    private static byte[] readClip() {
        try (InputStream clip = TestPictureTest.class.getResourceAsStream("test-picture.flv")) {
            assertThat(clip).isNotNull();
            return clip.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError("the clip cannot be read", e);
        }
    }
}
