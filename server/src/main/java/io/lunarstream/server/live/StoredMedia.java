package io.lunarstream.server.live;

import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The bytes of one segment, part or init segment: in memory while it is new, in a file afterwards, for a while in
/// both. A part lies in its segment once that is whole.
///
/// Its owner is one event loop; [#borrow()] and [#file()] may be called from any thread.
public final class StoredMedia {

    /// Some bytes of a file.
    ///
    /// @param path the file
    /// @param offset of the first byte
    public record FileRegion(Path path, long offset) {}

    private final String name;
    private final int bytes;
    private final long storedAtMs;
    private final boolean part;
    private @Nullable ByteBuf memory;
    private @Nullable FileRegion file;
    private @Nullable StoredMedia segment;
    private int offsetInSegment;

    private StoredMedia(String name, int bytes, boolean part, long storedAtMs) {
        this.name = name;
        this.bytes = bytes;
        this.part = part;
        this.storedAtMs = storedAtMs;
    }

    /// A segment or an init segment, which is to be written to disk.
    ///
    /// @param name unique in its generation
    /// @param memory the bytes, direct if they are to be served; owned by this object from now on
    /// @param storedAtMs when it was made, in milliseconds since 1970
    static StoredMedia whole(String name, ByteBuf memory, long storedAtMs) {
        StoredMedia media = new StoredMedia(name, memory.readableBytes(), /* part= */ false, storedAtMs);
        media.memory = memory;
        return media;
    }

    /// A part of the segment that is being made.
    static StoredMedia part(String name, ByteBuf memory, long storedAtMs) {
        StoredMedia media = new StoredMedia(name, memory.readableBytes(), /* part= */ true, storedAtMs);
        media.memory = memory;
        return media;
    }

    /// What an earlier run of the server has written.
    static StoredMedia onDisk(String name, int bytes, FileRegion file) {
        StoredMedia media = new StoredMedia(name, bytes, /* part= */ true, /* storedAtMs= */ 0);
        media.file = file;
        return media;
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
        if (segment != null) {
            return segment.borrow().map(whole -> whole.slice(offsetInSegment, bytes));
        }
        return Optional.ofNullable(memory).map(ByteBuf::retainedDuplicate);
    }

    /// Where the bytes are on disk, once they have been written.
    public synchronized Optional<FileRegion> file() {
        if (segment != null) {
            return segment.file().map(whole -> new FileRegion(whole.path(), whole.offset() + offsetInSegment));
        }
        return Optional.ofNullable(file);
    }

    /// Whether it can still be had.
    synchronized boolean isKept() {
        return segment != null ? segment.isKept() : memory != null || file != null;
    }

    synchronized boolean isInMemory() {
        return memory != null;
    }

    /// Whether it is to be on disk and is not yet.
    synchronized boolean needsFile() {
        return !part && memory != null && file == null;
    }

    /// The file has vanished; what is in memory may be written anew.
    synchronized void loseFile() {
        file = null;
    }

    long storedAtMs() {
        return storedAtMs;
    }

    /// The segment that this part belongs to is whole: from now on the part is where the segment is.
    ///
    /// @param offset of the part's first byte in the segment
    synchronized void movedInto(StoredMedia whole, int offset) {
        segment = whole;
        offsetInSegment = offset;
        evict();
    }

    /// It is on disk.
    ///
    /// @return false if nobody wants it any more, because the memory has been given back before
    synchronized boolean writtenTo(FileRegion region) {
        if (memory == null) {
            return false;
        }
        file = region;
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
