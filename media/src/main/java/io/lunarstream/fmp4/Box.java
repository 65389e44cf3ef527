package io.lunarstream.fmp4;

import io.netty.buffer.ByteBuf;

/// The frame of every box: its size, its four-character code, and for full boxes a version and flags.
///
/// ```
/// size 32, of the whole box | type 32 | full boxes: version 8 | flags 24 | content
/// ```
///
/// Source: ISO/IEC 14496-12, section 4.2.
final class Box {
    static final int HEADER_BYTES = 8;

    private Box() {}

    /// Begins a box and returns its place, for [#end].
    static int start(ByteBuf out, String fourCc) {
        int start = out.writerIndex();
        out.writeInt(/* size, known at the end= */ 0);
        fourCc(out, fourCc);
        return start;
    }

    /// Begins a full box and returns its place, for [#end].
    static int start(ByteBuf out, String fourCc, int version, int flags) {
        int start = start(out, fourCc);
        out.writeInt((version << 24) | flags);
        return start;
    }

    /// Ends a box: enters its size.
    static void end(ByteBuf out, int start) {
        out.setInt(start, out.writerIndex() - start);
    }

    /// Writes a four-character code. Byte by byte, because it happens for every fragment and needs no encoder.
    static void fourCc(ByteBuf out, String fourCc) {
        for (int i = 0; i < 4; i++) {
            out.writeByte(fourCc.charAt(i));
        }
    }
}
