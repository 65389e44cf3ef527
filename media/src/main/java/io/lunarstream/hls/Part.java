package io.lunarstream.hls;

import io.netty.buffer.ByteBuf;

/// One part of a segment, whole, while the segment is being made: `EXT-X-PART`.
///
/// Whoever receives it owns the buffer and releases it. Source: draft-pantos-hls-rfc8216bis, section 4.4.4.9.
///
/// @param segment the segment it belongs to, the same for all parts of one segment
/// @param independent whether it begins with a random access point
/// @param durationTicks in ticks of [io.lunarstream.media.Timescale#MPEG]
/// @param bytes one fragment
public record Part(SegmentStart segment, boolean independent, long durationTicks, ByteBuf bytes) {}
