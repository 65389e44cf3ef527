package io.lunarstream.server.live;

import io.lunarstream.hls.SegmentForm;
import io.lunarstream.server.live.StoredMedia.FileRegion;
import io.netty.buffer.ByteBuf;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files of one rendition in one form: a few segments lie in each, one behind the other, added part by part. A file
/// system takes its time for each new file, above all where many have just been deleted.
///
/// Belongs to the thread of [MediaFiles].
final class SegmentFiles implements Closeable {

    /// Before the name of the first segment in it, which may have a file of its own if this one fails.
    static final String PREFIX = "from-";

    /// Whose files they are.
    ///
    /// @param rendition its name
    record Series(String rendition, SegmentForm form) {}

    /// A part's bytes in one form.
    ///
    /// @param segment name of its segment
    /// @param offset of the first byte in the segment
    /// @param bytes released when they are written
    record Piece(Series series, String segment, int offset, ByteBuf bytes) {}

    private final Path folder;
    private final long fullBytes;
    private @Nullable GrowingFile file;

    /// The newest in the file.
    private String segment = "";

    /// Where it begins.
    private long start;

    /// @param fullBytes a file that has so many gets no more segments
    SegmentFiles(Path folder, long fullBytes) {
        this.folder = folder;
        this.fullBytes = fullBytes;
    }

    /// Adds a part to its segment; the first part begins one.
    ///
    /// @return where it lies; empty if an earlier part is missing, so that this one is of no use
    Optional<FileRegion> add(Piece piece) throws IOException {
        if (piece.offset() == 0) {
            begin(piece.segment());
        }
        if (file == null || !segment.equals(piece.segment()) || file.bytes() != start + piece.offset()) {
            return Optional.empty();
        }
        FileRegion region = new FileRegion(file.path(), file.bytes());
        try {
            file.append(piece.bytes());
        } catch (IOException e) {
            giveUp();
            throw e;
        }
        return Optional.of(region);
    }

    /// Ends a segment.
    ///
    /// @return where it lies; empty if not all of it is here
    Optional<FileRegion> finish(StoredMedia whole) throws IOException {
        if (file == null || !segment.equals(whole.name())) {
            return Optional.empty();
        }
        if (file.bytes() != start + whole.bytes()) {
            giveUp();
            return Optional.empty();
        }
        return Optional.of(new FileRegion(file.path(), start));
    }

    /// Whether segments are being added to this file.
    boolean isOpen(Path path) {
        return file != null && file.path().equals(path);
    }

    @Override
    public void close() throws IOException {
        GrowingFile closed = file;
        file = null;
        if (closed != null) {
            closed.close();
        }
    }

    private void begin(String name) throws IOException {
        if (file != null && file.bytes() >= fullBytes) {
            close();
        }
        if (file == null) {
            file = GrowingFile.create(folder.resolve(PREFIX + name));
        }
        segment = name;
        start = file.bytes();
    }

    /// The next segment gets a new file. This one stays for those that are in it.
    private void giveUp() throws IOException {
        Path path = file == null ? folder : file.path();
        close();
        if (start == 0) {
            Files.deleteIfExists(path);
        }
    }
}
