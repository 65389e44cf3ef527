package io.lunarstream.hls;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// One media segment, whole, in both forms with the same boundaries.
///
/// Whoever receives it owns its buffers and those of the last part, and releases them.
///
/// @param start what was known of it when it began
/// @param durationTicks in ticks of [io.lunarstream.media.Timescale#MPEG]
/// @param pictures how many video samples are in it
/// @param targetDurationSeconds the bound that its generation's segments keep
/// @param partTargetMs the bound in milliseconds that its generation's parts keep; those of the first segment may be
///     too short or too long for it, because they were cut before it was known
/// @param lastPart its last part, which has not been handed out yet
/// @param fragmentedMp4 all its parts, one after the other, without the init segment
/// @param transportStream the same samples as MPEG-TS, its parts' bytes one after the other; absent if this form
///     cannot carry the codecs
public record Segment(
        SegmentStart start,
        long durationTicks,
        int pictures,
        int targetDurationSeconds,
        int partTargetMs,
        Part lastPart,
        ByteBuf fragmentedMp4,
        Optional<ByteBuf> transportStream) {}
