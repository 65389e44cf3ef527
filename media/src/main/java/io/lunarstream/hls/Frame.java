package io.lunarstream.hls;

import io.lunarstream.media.MediaKind;
import io.lunarstream.media.TrackKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/// A frame as an encoder sent it, before its time is made sense of.
///
/// @param track which of the encoder's tracks it belongs to
/// @param timestampMs decode time as on the wire, 0 to 2^32 - 1, which wraps
/// @param compositionTimeMs presentation time less decode time, signed; 0 for audio
/// @param sync whether a decoder can start here; always true for audio
/// @param data the payload as [io.lunarstream.media.Sample] wants it, valid only during the call it is passed to
/// @param arrivalMs when it came, in milliseconds since 1970
public record Frame(
        TrackKey track, long timestampMs, int compositionTimeMs, boolean sync, ByteBuf data, long arrivalMs) {

    /// What it carries.
    public MediaKind kind() {
        return track.kind();
    }

    /// The same frame with bytes of its own, which the caller releases.
    Frame copy(ByteBufAllocator allocator) {
        ByteBuf copy = allocator.directBuffer(data.readableBytes());
        copy.writeBytes(data, data.readerIndex(), data.readableBytes());
        return new Frame(track, timestampMs, compositionTimeMs, sync, copy, arrivalMs);
    }
}
