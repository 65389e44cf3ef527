package io.lunarstream.hls;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// One part of a segment, whole, while the segment is being made: `EXT-X-PART`.
///
/// Whoever receives it owns its buffers and releases them. Source: draft-pantos-hls-rfc8216bis, section 4.4.4.9.
///
/// @param segment the segment it belongs to, the same for all parts of one segment
/// @param independent whether it begins with a random access point
/// @param durationTicks in ticks of [io.lunarstream.media.Timescale#MPEG]
/// @param bytes one fragment
/// @param transportStream what MPEG-TS has of the same samples, in whole packets: the next bytes of the segment in that
///     form. Listed nowhere; absent if this form cannot carry the codecs
public record Part(
        SegmentStart segment,
        boolean independent,
        long durationTicks,
        ByteBuf bytes,
        Optional<ByteBuf> transportStream) {}
