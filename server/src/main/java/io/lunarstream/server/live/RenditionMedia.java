package io.lunarstream.server.live;

import io.lunarstream.hls.Generation;
import io.lunarstream.hls.ListedPart;
import io.lunarstream.hls.Part;
import io.lunarstream.media.Track;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// One rendition of a generation: its playlist, and what is open of it.
///
/// Belongs to one event loop.
final class RenditionMedia {
    private final Generation playlist;
    private final GenerationFolder folder;
    private final MediaShelf shelf;
    private final OpenParts open = new OpenParts();
    private List<Track> initTracks = List.of();
    private String initName = "";

    RenditionMedia(Generation playlist, GenerationFolder folder, MediaShelf shelf) {
        this.playlist = playlist;
        this.folder = folder;
        this.shelf = shelf;
    }

    Generation playlist() {
        return playlist;
    }

    /// Name of the init segment that parts need now.
    String initName() {
        return initName;
    }

    /// Whether the init segment is of these tracks.
    boolean isInitOf(List<Track> tracks) {
        return tracks.equals(initTracks);
    }

    void init(List<Track> tracks, String name) {
        initTracks = tracks;
        initName = name;
    }

    /// Lists a part, whose init segment is there.
    ///
    /// @return completes when the disk has it, or has failed
    CompletableFuture<Void> list(Part part, long nowMs) {
        String segment = playlist.segmentName();
        ListedPart listed = playlist.add(part, initName);
        StoredMedia stored = StoredMedia.part(listed.name(), part.bytes(), nowMs);
        shelf.put(stored);
        UnfinishedPart unfinished = new UnfinishedPart(
                playlist.rendition(),
                segment,
                initName,
                part.segment().discontinuity(),
                part.segment().programDateTimeMs(),
                listed);
        return folder.writePart(open.add(stored, segment, part), unfinished, shelf.all());
    }

    /// The segment is whole: its parts are where it is.
    void moveOpenPartsInto(StoredMedia segment) {
        open.moveInto(segment);
    }
}
