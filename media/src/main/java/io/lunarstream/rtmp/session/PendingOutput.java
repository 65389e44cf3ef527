package io.lunarstream.rtmp.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// Bytes for the peer that wait to be sent. Holds memory only while there are some.
final class PendingOutput {
    private final ByteBufAllocator allocator;
    private @Nullable ByteBuf pending;

    PendingOutput(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /// Where to append further bytes.
    ByteBuf buffer() {
        if (pending == null) {
            pending = allocator.buffer();
        }
        return pending;
    }

    boolean isEmpty() {
        return pending == null || !pending.isReadable();
    }

    void drainTo(ByteBuf out) {
        if (pending != null) {
            out.writeBytes(pending);
            release();
        }
    }

    void release() {
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }
}
