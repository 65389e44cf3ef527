package io.lunarstream.fmp4;

import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/// The init segment: what a player must know of the tracks before the first fragment, `EXT-X-MAP` in HLS.
///
/// ```
/// ftyp
/// moov   see MovieBoxes
/// ```
///
/// The same tracks always give the same bytes. Source: ISO/IEC 14496-12, sections 4.3 and 8.2; RFC 8216, section 3.3.
public final class InitSegment {
    /// Two tracks take some 1 200 bytes.
    private static final int INITIAL_BYTES = 2_048;

    private InitSegment() {}

    /// Writes the init segment into a new buffer, which the caller releases.
    public static ByteBuf write(List<Track> tracks, ByteBufAllocator allocator) {
        if (tracks.isEmpty()) {
            throw new IllegalArgumentException("no tracks");
        }
        ByteBuf out = allocator.buffer(INITIAL_BYTES);
        ftyp(out);
        MovieBoxes.moov(out, tracks);
        return out;
    }

    /// File type: `iso6` is the first brand that knows `tfdt` and signed composition offsets.
    private static void ftyp(ByteBuf out) {
        int box = Box.start(out, "ftyp");
        Box.fourCc(out, "iso6");
        out.writeInt(/* minor_version= */ 0);
        Box.fourCc(out, "iso6");
        Box.fourCc(out, "mp41");
        Box.end(out, box);
    }
}
