package io.lunarstream.server.live;

import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The bytes of one segment or init segment: in memory while it is new, in a file afterwards, for a while in both.
///
/// Its owner is one event loop; [#borrow()] and [#file()] may be called from any thread.
public final class StoredMedia {
    private final String name;
    private final int bytes;
    private final long storedAtMs;
    private @Nullable ByteBuf memory;
    private volatile @Nullable Path file;

    /// @param name unique in its generation
    /// @param memory the bytes, direct if they are to be served; owned by this object from now on
    /// @param storedAtMs when it was made, in milliseconds since 1970
    StoredMedia(String name, ByteBuf memory, long storedAtMs) {
        this.name = name;
        this.bytes = memory.readableBytes();
        this.memory = memory;
        this.storedAtMs = storedAtMs;
    }

    /// Its name in addresses.
    public String name() {
        return name;
    }

    /// Its size in bytes.
    public int bytes() {
        return bytes;
    }

    /// The bytes, if they are in memory: a view with its own indexes that the caller releases once it has been sent.
    ///
    /// Never while they are given back: a pooled buffer that is given back is at once somebody else's.
    public synchronized Optional<ByteBuf> borrow() {
        return Optional.ofNullable(memory).map(ByteBuf::retainedDuplicate);
    }

    /// The file with the bytes, once it has been written.
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    long storedAtMs() {
        return storedAtMs;
    }

    /// The file is whole.
    ///
    /// @return false if nobody wants it any more, because the memory has been given back before
    synchronized boolean writtenTo(Path path) {
        if (memory == null) {
            return false;
        }
        file = path;
        return true;
    }

    /// Gives the memory back; whoever has borrowed it may finish.
    synchronized void evict() {
        if (memory != null) {
            memory.release();
            memory = null;
        }
    }
}
