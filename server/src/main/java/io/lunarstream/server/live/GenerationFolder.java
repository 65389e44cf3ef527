package io.lunarstream.server.live;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of one generation: a segment's file in each form, filled part by part; init segments; the journal.
///
/// Asked on an event loop; the work is done on the thread of [MediaFiles], which alone sees the fields below.
final class GenerationFolder {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationFolder.class);

    /// A part's bytes in one form.
    ///
    /// @param file name of the segment's file
    /// @param offset of the first byte in it
    /// @param bytes released when they are written
    record Piece(String file, int offset, ByteBuf bytes) {}

    private final MediaFiles files;
    private final Path path;
    private final Journal journal;

    /// The files of unfinished segments, each without a gap from its beginning on.
    private final Map<String, GrowingFile> unfinished = new HashMap<>();

    private boolean made;

    GenerationFolder(MediaFiles files, Path path) {
        this.files = files;
        this.path = path;
        this.journal = new Journal(path);
    }

    /// Where a file of this name is, if there is one.
    Path file(String name) {
        return path.resolve(name);
    }

    /// Writes a part of the segment that is being made.
    ///
    /// @param everything that the generation has, which is lost if the folder has vanished
    CompletableFuture<Void> writePart(List<Piece> pieces, UnfinishedPart part, Collection<StoredMedia> everything) {
        return files.submit(pieces.stream().map(Piece::bytes).toList(), () -> {
            makeFolder(everything);
            boolean whole = true;
            for (Piece piece : pieces) {
                whole &= write(piece);
            }
            if (whole) {
                journal.add(part);
            }
        });
    }

    /// Gives an init segment its file.
    void saveInit(StoredMedia init, Collection<StoredMedia> everything) {
        files.later(() -> {
            makeFolder(everything);
            save(init);
        });
    }

    /// Gives files to what needs one, and writes down what a later run must know.
    CompletableFuture<Void> save(List<StoredMedia> media, GenerationRecord record, Collection<StoredMedia> everything) {
        return files.submit(List.of(), () -> {
            makeFolder(everything);
            try {
                for (StoredMedia one : media) {
                    save(one);
                }
            } finally {
                journal.add(record, everything);
            }
            files.wroteSegment();
        });
    }

    /// Deletes one file.
    void delete(String file) {
        files.later(() -> {
            close(file);
            Files.deleteIfExists(path.resolve(file));
        });
    }

    /// Deletes all that the generation has left, the journal first.
    void deleteAll() {
        files.later(() -> {
            closeAll();
            journal.delete();
            OwnFiles.deleteFrom(path);
        });
    }

    private void makeFolder(Collection<StoredMedia> everything) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        if (made) {
            LOG.error("{} has vanished; what is in memory is written anew", path);
            everything.forEach(StoredMedia::loseFile);
            closeAll();
            journal.delete();
        }
        Files.createDirectories(path);
        made = true;
    }

    /// @return false if an earlier part is missing, so that this one is of no use
    private boolean write(Piece piece) throws IOException {
        if (piece.offset() == 0) {
            close(piece.file());
            unfinished.put(piece.file(), GrowingFile.create(path.resolve(piece.file())));
        }
        GrowingFile file = unfinished.get(piece.file());
        if (file == null || file.bytes() != piece.offset()) {
            return false;
        }
        try {
            file.append(piece.bytes());
            return true;
        } catch (IOException e) {
            close(piece.file());
            Files.deleteIfExists(path.resolve(piece.file()));
            throw e;
        }
    }

    /// @return how many bytes it had; 0 if it is not there
    private long close(String name) throws IOException {
        GrowingFile file = unfinished.remove(name);
        if (file == null) {
            return 0;
        }
        file.close();
        return file.bytes();
    }

    private void closeAll() throws IOException {
        for (String name : List.copyOf(unfinished.keySet())) {
            close(name);
        }
    }

    private void save(StoredMedia media) throws IOException {
        long there = close(media.name());
        if (!media.needsFile()) {
            return;
        }
        Path file = path.resolve(media.name());
        if (there != media.bytes()) {
            writeWhole(file, media);
        }
        if (!media.writtenTo(file)) {
            Files.deleteIfExists(file);
        }
    }

    private static void writeWhole(Path file, StoredMedia media) throws IOException {
        ByteBuf bytes = media.borrow().orElse(null);
        if (bytes == null) {
            return;
        }
        try (GrowingFile written = GrowingFile.create(file)) {
            written.append(bytes);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        } finally {
            bytes.release();
        }
    }
}
