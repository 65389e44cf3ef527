package io.lunarstream.media;

import io.netty.buffer.ByteBuf;

/// One timed unit of a track: a coded picture or an audio frame.
///
/// @param dts decode time in ticks of the track's timescale, 64 bits that never wrap, rising within a timeline
/// @param compositionOffset `pts - dts` in ticks, signed. Source: ISO/IEC 14496-12, section 8.6.1.3
/// @param sync whether a decoder can start here (H.264: an IDR picture; always true for audio)
/// @param data the payload between `readerIndex` and `writerIndex`, in the form its [Codec] says. A view: it
///     belongs to the caller and is valid only during the call that it is passed to; whoever needs it longer copies it,
///     and whoever reads it leaves its indexes alone
public record Sample(long dts, int compositionOffset, boolean sync, ByteBuf data) {

    /// Presentation time in ticks.
    public long pts() {
        return dts + compositionOffset;
    }
}
