package io.lunarstream.server.live;

import io.lunarstream.hls.SegmentForm;
import io.lunarstream.server.live.GenerationRecord.Place;
import io.lunarstream.server.live.SegmentFiles.Piece;
import io.lunarstream.server.live.SegmentFiles.Series;
import io.lunarstream.server.live.StoredMedia.FileRegion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of one generation: those of its segments, filled part by part; init segments; the journal.
///
/// Asked on an event loop; the work is done on the thread of [MediaFiles], which alone sees the fields below.
final class GenerationFolder {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationFolder.class);

    private final MediaFiles files;
    private final Path path;
    private final Journal journal;

    private final Map<Series, SegmentFiles> segments = new HashMap<>();

    private boolean made;

    GenerationFolder(MediaFiles files, Path path) {
        this.files = files;
        this.path = path;
        this.journal = new Journal(path);
    }

    /// What an earlier run has written there.
    StoredMedia stored(Place place) {
        return StoredMedia.onDisk(
                place.name(), place.bytes(), new FileRegion(path.resolve(place.file()), place.offset()));
    }

    /// Writes a part of the segment that is being made.
    ///
    /// @param pieces the part in each form
    /// @param everything that the generation has, which is lost if the folder has vanished
    CompletableFuture<Void> writePart(List<Piece> pieces, UnfinishedPart part, Collection<StoredMedia> everything) {
        return files.submit(pieces.stream().map(Piece::bytes).toList(), () -> {
            makeFolder(everything);
            Map<SegmentForm, Place> places = new EnumMap<>(SegmentForm.class);
            for (Piece piece : pieces) {
                int bytes = piece.bytes().readableBytes();
                segmentFiles(piece.series())
                        .add(piece)
                        .map(at -> Place.of(part.listed().name(), bytes, at))
                        .ifPresent(place -> places.put(piece.series().form(), place));
            }
            if (places.size() == pieces.size()) {
                journal.add(new WrittenPart(part, places));
            }
        });
    }

    /// Gives an init segment its file.
    void saveInit(StoredMedia init, Collection<StoredMedia> everything) {
        files.later(() -> {
            makeFolder(everything);
            save(init, everything);
        });
    }

    /// Gives files to what needs one, and writes down what a later run must know.
    CompletableFuture<Void> save(List<StoredMedia> media, GenerationRecord record, Collection<StoredMedia> everything) {
        return files.submit(List.of(), () -> {
            makeFolder(everything);
            try {
                for (StoredMedia one : media) {
                    save(one, everything);
                }
            } finally {
                journal.add(record, everything);
            }
            files.wroteSegment();
        });
    }

    /// Gives room on the disk back when nothing is left in a file that somebody may ask for.
    ///
    /// @param forgotten what nobody may ask for any more
    /// @param everything that the generation still has
    void forget(StoredMedia forgotten, Collection<StoredMedia> everything) {
        files.later(() -> {
            FileRegion at = forgotten.file().orElse(null);
            if (at != null) {
                deleteUnused(at.path(), everything);
            }
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

    private SegmentFiles segmentFiles(Series series) {
        return segments.computeIfAbsent(series, _ -> new SegmentFiles(path, files.fullBytes()));
    }

    private void deleteUnused(Path file, Collection<StoredMedia> everything) throws IOException {
        boolean used = everything.stream()
                .flatMap(media -> media.file().stream())
                .anyMatch(at -> at.path().equals(file));
        if (used) {
            return;
        }
        for (SegmentFiles open : segments.values()) {
            if (open.isOpen(file)) {
                open.close();
            }
        }
        Files.deleteIfExists(file);
    }

    private void closeAll() throws IOException {
        for (SegmentFiles open : segments.values()) {
            open.close();
        }
    }

    private void save(StoredMedia media, Collection<StoredMedia> everything) throws IOException {
        Optional<FileRegion> at = finish(media);
        if (at.isEmpty() && media.needsFile()) {
            at = Optional.of(writeWhole(media));
        }
        if (at.isPresent() && !media.writtenTo(at.get())) {
            deleteUnused(at.get().path(), everything);
        }
    }

    private Optional<FileRegion> finish(StoredMedia media) throws IOException {
        for (SegmentFiles open : segments.values()) {
            Optional<FileRegion> there = open.finish(media);
            if (there.isPresent()) {
                return there;
            }
        }
        return Optional.empty();
    }

    /// Gives it a file of its own.
    private FileRegion writeWhole(StoredMedia media) throws IOException {
        Path file = path.resolve(media.name());
        ByteBuf bytes = media.borrow().orElse(Unpooled.EMPTY_BUFFER);
        try (GrowingFile written = GrowingFile.create(file)) {
            written.append(bytes);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        } finally {
            bytes.release();
        }
        return new FileRegion(file, 0);
    }
}
