package io.lunarstream.server.live;

import io.lunarstream.server.live.GenerationRecord.Leaving;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// All that can be fetched of one generation by its name, how long it stays, and what of it is in memory.
///
/// Belongs to one event loop; others may look names up.
final class MediaShelf {
    private final GenerationFolder folder;
    private final ConcurrentMap<String, StoredMedia> objects = new ConcurrentHashMap<>();
    private final Queue<StoredMedia> inMemory = new ArrayDeque<>();
    private final Queue<Leaving> leaving = new ArrayDeque<>();
    private final Queue<Leaving> leavingParts = new ArrayDeque<>();

    MediaShelf(GenerationFolder folder) {
        this.folder = folder;
    }

    ConcurrentMap<String, StoredMedia> objects() {
        return objects;
    }

    Collection<StoredMedia> all() {
        return objects.values();
    }

    Optional<StoredMedia> find(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    /// Whether something can be fetched under a name.
    boolean has(String name) {
        return find(name).filter(StoredMedia::isKept).isPresent();
    }

    /// Keeps a part or an init segment: its memory is not given back by age.
    void put(StoredMedia media) {
        objects.put(media.name(), media);
    }

    /// Keeps a segment, whose memory is given back once it is old and has a file.
    void putSegment(StoredMedia media) {
        put(media);
        inMemory.add(media);
    }

    /// A segment is to be forgotten then, in memory and on disk.
    void leave(Leaving segment) {
        leaving.add(segment);
    }

    /// A part is to be forgotten then.
    void leavePart(Leaving part) {
        leavingParts.add(part);
    }

    List<Leaving> leaving() {
        return List.copyOf(leaving);
    }

    List<Leaving> leavingParts() {
        return List.copyOf(leavingParts);
    }

    /// What is to have a file and has none yet.
    List<StoredMedia> needingFiles() {
        return objects.values().stream().filter(StoredMedia::needsFile).toList();
    }

    /// How many bytes are in memory only.
    long unsavedBytes() {
        long bytes = 0;
        for (StoredMedia media : inMemory) {
            bytes += media.needsFile() ? media.bytes() : 0;
        }
        return bytes;
    }

    /// Gives memory back for segments that have files and are older than that.
    void evict(long storedBeforeMs) {
        inMemory.removeIf(media -> {
            boolean evictable =
                    media.storedAtMs() < storedBeforeMs && media.file().isPresent();
            if (evictable) {
                media.evict();
            }
            return evictable;
        });
    }

    /// Gives memory back for all that has files, because few will ask for it.
    void evictSaved() {
        evict(Long.MAX_VALUE);
        for (StoredMedia media : objects.values()) {
            if (media.file().isPresent()) {
                media.evict();
            }
        }
    }

    /// Forgets what has stayed its time.
    ///
    /// @param extensions of the forms that segments have
    void forgetOld(long nowMs, List<String> extensions) {
        while (!leavingParts.isEmpty() && leavingParts.element().untilMs() <= nowMs) {
            find(leavingParts.remove().name()).ifPresent(part -> {
                part.evict();
                objects.remove(part.name());
            });
        }
        while (!leaving.isEmpty() && leaving.element().untilMs() <= nowMs) {
            String name = leaving.remove().name();
            extensions.forEach(extension -> find(name + extension).ifPresent(this::forget));
        }
    }

    /// Forgets what can be had no more, because its file has vanished.
    void forgetLost() {
        objects.values().removeIf(media -> !media.isKept());
    }

    /// Forgets everything, in memory and on disk.
    void clear() {
        objects.values().forEach(StoredMedia::evict);
        objects.clear();
        inMemory.clear();
        folder.deleteAll();
    }

    private void forget(StoredMedia media) {
        objects.remove(media.name());
        inMemory.remove(media);
        media.evict();
        folder.forget(media, objects.values());
    }
}
