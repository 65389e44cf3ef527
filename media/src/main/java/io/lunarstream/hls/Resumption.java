package io.lunarstream.hls;

import io.lunarstream.media.Timescale;
import java.util.List;

/// What a packager must know of a generation that an earlier run of the server has begun, to go on with it.
///
/// @param codecWords the codecs of its tracks, by [io.lunarstream.media.Codec#word()]
/// @param targetDurationSeconds its `EXT-X-TARGETDURATION`
/// @param partTargetMs its `PART-TARGET`
/// @param endMs where its media end so far, in milliseconds since 1970
public record Resumption(List<String> codecWords, int targetDurationSeconds, int partTargetMs, long endMs) {

    public Resumption {
        codecWords = List.copyOf(codecWords);
    }

    /// How to go on with a generation that was kept.
    ///
    /// @param states what each rendition of the generation lists
    public static Resumption of(List<GenerationState> states) {
        GenerationState first = states.getFirst();
        ListedSegment last = first.segments().getLast();
        long durationMs = Timescale.MPEG.convert(last.durationTicks(), Timescale.MILLISECONDS);
        return new Resumption(
                states.stream()
                        .flatMap(state -> state.announcement().codecWords().stream())
                        .toList(),
                first.targetDurationSeconds(),
                first.partTargetMs(),
                last.programDateTimeMs() + durationMs);
    }
}
