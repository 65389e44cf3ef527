package io.lunarstream.hls;

/// How long a segment has become, the same for all renditions.
///
/// @param segmentTicks in ticks of [io.lunarstream.media.Timescale#MPEG]
/// @param lastPartTicks duration of its last part, in the same ticks
/// @param targetDurationSeconds the bound that its generation's segments keep
/// @param partTargetMs the bound that its generation's parts keep
record SegmentLength(long segmentTicks, long lastPartTicks, int targetDurationSeconds, int partTargetMs) {}
