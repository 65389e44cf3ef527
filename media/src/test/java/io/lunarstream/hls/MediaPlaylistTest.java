package io.lunarstream.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaPlaylistTest {
    private static final long START_MS = 1_795_294_800_123L;

    private static final ListedSegment FIRST = segment(7, "a.mp4", false, 180_180);
    private static final ListedSegment CHANGED = segment(8, "b.mp4", true, 180_000);
    private static final ListedSegment LAST = segment(9, "b.mp4", false, 90_001);

    private static final ListedPart PART = new ListedPart("9.0.m4s", 30_030, true);
    private static final ListedPart NEXT_PART = new ListedPart("10.0.m4s", 30_000, false);

    @Test
    void listsFragmentedMp4WithItsParts() {
        ListedSegment last = new ListedSegment(9, "9", "b.mp4", false, 90_001, START_MS, List.of(PART));
        assertThat(live(List.of(FIRST, CHANGED, last)).text(SegmentForm.FMP4)).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:6
                        #EXT-X-TARGETDURATION:3
                        #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=18.0,PART-HOLD-BACK=1.002,HOLD-BACK=9.0
                        #EXT-X-PART-INF:PART-TARGET=0.334
                        #EXT-X-MEDIA-SEQUENCE:7
                        #EXT-X-DISCONTINUITY-SEQUENCE:2
                        #EXT-X-MAP:URI="a.mp4"
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-21T21:00:00.123Z
                        #EXTINF:2.00200,
                        7.m4s
                        #EXT-X-DISCONTINUITY
                        #EXT-X-MAP:URI="b.mp4"
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-21T21:00:00.123Z
                        #EXTINF:2.00000,
                        8.m4s
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-21T21:00:00.123Z
                        #EXT-X-PART:DURATION=0.33366,URI="9.0.m4s",INDEPENDENT=YES
                        #EXTINF:1.00001,
                        9.m4s
                        #EXT-X-DISCONTINUITY
                        #EXT-X-MAP:URI="c.mp4"
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-21T21:00:00.123Z
                        #EXT-X-PART:DURATION=0.33333,URI="10.0.m4s"
                        #EXT-X-PRELOAD-HINT:TYPE=PART,URI="10.1.m4s"
                        """);
    }

    @Test
    void leavesOutOfADeltaUpdateWhatLiesBeforeTheSkipBoundary() {
        List<ListedSegment> segments = LongStream.range(0, 12)
                .mapToObj(number -> segment(number, "b.mp4", number == 11, 180_000))
                .toList();
        assertThat(live(segments).deltaUpdate())
                .startsWith("""
                        #EXTM3U
                        #EXT-X-VERSION:9
                        #EXT-X-TARGETDURATION:3
                        #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=18.0,PART-HOLD-BACK=1.002,HOLD-BACK=9.0
                        #EXT-X-PART-INF:PART-TARGET=0.334
                        #EXT-X-MEDIA-SEQUENCE:0
                        #EXT-X-DISCONTINUITY-SEQUENCE:2
                        #EXT-X-SKIP:SKIPPED-SEGMENTS=3
                        #EXT-X-MAP:URI="b.mp4"
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-21T21:00:00.123Z
                        #EXTINF:2.00000,
                        3.m4s
                        """)
                .endsWith("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"10.1.m4s\"\n");
    }

    @Test
    void sendsTheWholePlaylistWhenThereIsNothingToLeaveOut() {
        MediaPlaylist playlist = live(List.of(FIRST, CHANGED, LAST));
        assertThat(playlist.deltaUpdate()).isEqualTo(playlist.text(SegmentForm.FMP4));
    }

    @Test
    void listsMpegTsWithoutPartsAndTheEnd() {
        MediaPlaylist playlist = new MediaPlaylist(
                3, 334, 0, List.of(LAST), Optional.empty(), Optional.empty(), List.of(), /* ended= */ true);
        assertThat(playlist.text(SegmentForm.MPEG_TS)).isEqualTo("""
                        #EXTM3U
                        #EXT-X-VERSION:3
                        #EXT-X-TARGETDURATION:3
                        #EXT-X-MEDIA-SEQUENCE:9
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-21T21:00:00.123Z
                        #EXTINF:1.00001,
                        9.ts
                        #EXT-X-ENDLIST
                        """);
    }

    @Test
    void listsAtLeastOneSegment() {
        assertThatThrownBy(() -> live(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    /// Segment 9 is the last whole one and has a part; segment 10 has one part so far.
    @ParameterizedTest
    @CsvSource({
        "0, , LISTED",
        "9, , LISTED",
        "10, , AWAITED",
        "11, , AWAITED",
        "12, , TOO_FAR",
        "8, 99, LISTED",
        "9, 0, LISTED",
        "9, 1, LISTED",
        "10, 0, LISTED",
        "10, 1, AWAITED",
        "10, 9, AWAITED",
        "10, 10, TOO_FAR",
        "11, 0, AWAITED",
        "12, 0, TOO_FAR"
    })
    void knowsWhatIsThereAndWhatIsToCome(long mediaSequence, @Nullable Integer part, MediaPlaylist.Reach reach) {
        ListedSegment last = new ListedSegment(9, "9", "b.mp4", false, 90_001, START_MS, List.of(PART));
        OptionalInt index = part == null ? OptionalInt.empty() : OptionalInt.of(part);
        assertThat(live(List.of(FIRST, CHANGED, last)).reach(mediaSequence, index))
                .isEqualTo(reach);
    }

    @Test
    void waitsForTheNextSegmentsFirstPartWhenAskedForOneAfterASegmentsLast() {
        ListedSegment last = new ListedSegment(9, "9", "b.mp4", false, 90_001, START_MS, List.of(PART));
        MediaPlaylist between = new MediaPlaylist(
                3, 334, 0, List.of(last), Optional.empty(), Optional.empty(), List.of(), /* ended= */ false);
        assertThat(between.reach(9, OptionalInt.of(0))).isEqualTo(MediaPlaylist.Reach.LISTED);
        assertThat(between.reach(9, OptionalInt.of(1))).isEqualTo(MediaPlaylist.Reach.AWAITED);
    }

    private static MediaPlaylist live(List<ListedSegment> segments) {
        OpenSegment open = new OpenSegment("c.mp4", true, START_MS, List.of(NEXT_PART));
        return new MediaPlaylist(
                3, 334, 2, segments, Optional.of(open), Optional.of("10.1.m4s"), List.of(), /* ended= */ false);
    }

    private static ListedSegment segment(long number, String initName, boolean discontinuity, long durationTicks) {
        return new ListedSegment(
                number, Long.toString(number), initName, discontinuity, durationTicks, START_MS, List.of());
    }
}
