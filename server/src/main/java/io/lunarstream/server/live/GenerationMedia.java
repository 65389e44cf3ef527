package io.lunarstream.server.live;

import io.lunarstream.fmp4.InitSegment;
import io.lunarstream.hls.Generation;
import io.lunarstream.hls.ListedPart;
import io.lunarstream.hls.ListedSegment;
import io.lunarstream.hls.MediaPlaylist;
import io.lunarstream.hls.MultivariantPlaylist;
import io.lunarstream.hls.Part;
import io.lunarstream.hls.Segment;
import io.lunarstream.hls.SegmentForm;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import io.lunarstream.server.live.GenerationRecord.Leaving;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// The media of one generation: keeps parts and segments as long as somebody may ask for them, in memory first and on
/// disk from the beginning, and gives each version of the playlist out as a [Window].
///
/// Belongs to one event loop.
final class GenerationMedia {

    /// Segments stay in memory for this many target durations: where live viewers are.
    private static final int TARGET_DURATIONS_IN_MEMORY = 4;

    /// Bytes of segments that may be in memory only, because the disk fails: 30 s of 4 Mbit/s in both forms. Beyond it
    /// the window becomes shorter, as far as it may.
    static final long MOST_UNSAVED_BYTES = 32L * 1_024 * 1_024;

    /// How long a segment can still be fetched after the longest playlist that lists it, and itself, have been played.
    /// Source: RFC 8216, section 6.2.2, and half a minute for slow players.
    private static final long GRACE_MS = 30_000;

    /// Parts can be fetched for this many target durations after they have left the playlist.
    private static final int TARGET_DURATIONS_OF_UNLISTED_PARTS = 3;

    /// Hexadecimal digits of an init segment's hash that make its name.
    private static final int INIT_NAME_DIGITS = 16;

    private static final List<String> EXTENSIONS =
            Arrays.stream(SegmentForm.values()).map(SegmentForm::extension).toList();

    private final UUID livestreamId;
    private final Generation generation;
    private final GenerationFolder folder;
    private final MediaShelf shelf;
    private final ByteBufAllocator allocator;
    private final OpenParts open = new OpenParts();
    private Optional<Window> newest = Optional.empty();
    private OptionalLong endedAtMs = OptionalLong.empty();
    private List<Track> initTracks = List.of();
    private String initName = "";

    GenerationMedia(UUID livestreamId, Generation generation, GenerationFolder folder, ByteBufAllocator allocator) {
        this.livestreamId = livestreamId;
        this.generation = generation;
        this.folder = folder;
        this.shelf = new MediaShelf(folder);
        this.allocator = allocator;
    }

    UUID livestreamId() {
        return livestreamId;
    }

    Generation generation() {
        return generation;
    }

    /// When it ended, in milliseconds since 1970; empty while it goes on.
    OptionalLong endedAtMs() {
        return endedAtMs;
    }

    /// Takes back what an earlier run has made of this generation.
    ///
    /// @return false if the newest segment is missing, so that nobody can go on with it
    boolean takeBack(RecoveredGeneration found, long nowMs) {
        for (GenerationRecord.Place place : found.places()) {
            StoredMedia.FileRegion file = new StoredMedia.FileRegion(folder.file(place.file()), place.offset());
            shelf.put(StoredMedia.onDisk(place.name(), place.bytes(), file));
        }
        found.record().leavingSegments().forEach(shelf::leave);
        found.record().leavingParts().forEach(shelf::leavePart);
        endedAtMs = found.record().endedAtMs();
        if (!isThere(generation.newest())) {
            return false;
        }
        if (!found.unfinished().isEmpty() && endedAtMs.isEmpty()) {
            closeUnfinished(found.unfinished(), nowMs);
        }
        unlistWhatIsLost(nowMs);
        shelf.forgetOld(nowMs, EXTENSIONS);
        return true;
    }

    /// Takes a part, whose memory it owns from now on, and lists it.
    ///
    /// @return empty before the first segment: there is no playlist yet
    Optional<PreparedWindow> add(Part part, long nowMs) {
        CompletableFuture<Void> onDisk = list(part, nowMs);
        generation.hint(true);
        newest = generation.playlist().flatMap(playlist -> newest.map(window -> window.with(playlist)));
        return newest.map(window -> new PreparedWindow(window, onDisk));
    }

    /// Takes a segment, whose memory it owns from now on, and lists it.
    PreparedWindow add(Segment segment, long nowMs) {
        CompletableFuture<Void> _ = list(segment.lastPart(), nowMs);
        Generation.Unlisted unlisted = generation.add(segment, initName);
        String name = generation.newest().name();
        StoredMedia stored = StoredMedia.whole(name + SegmentForm.FMP4.extension(), segment.fragmentedMp4(), nowMs);
        shelf.putSegment(stored);
        segment.transportStream()
                .map(bytes -> StoredMedia.whole(name + SegmentForm.MPEG_TS.extension(), bytes, nowMs))
                .ifPresent(shelf::putSegment);
        open.moveInto(stored);
        leave(unlisted, nowMs);
        unlistWhatIsLost(nowMs);
        unlistWhatIsTooMuch(nowMs);
        shelf.evict(nowMs - TARGET_DURATIONS_IN_MEMORY * targetMs());
        shelf.forgetOld(nowMs, EXTENSIONS);
        return new PreparedWindow(window().orElseThrow(), save());
    }

    /// Nothing comes in for now: no part is hinted at until the next one is there.
    Optional<Window> awaitNothing() {
        generation.hint(false);
        return window();
    }

    /// The window as it is now; empty before the first segment.
    Optional<Window> window() {
        newest = generation.playlist().map(this::window);
        return newest;
    }

    /// Ends the playlist; empty if there never was one.
    Optional<PreparedWindow> end(long nowMs) {
        generation.end();
        endedAtMs = OptionalLong.of(nowMs);
        return window().map(window -> new PreparedWindow(window, save()));
    }

    /// Gives memory back for all that is on disk.
    void evictSaved() {
        shelf.evictSaved();
    }

    /// Gives all memory back.
    void evict() {
        shelf.all().forEach(StoredMedia::evict);
    }

    /// Forgets everything, in memory and on disk.
    void delete() {
        shelf.clear();
    }

    /// Gives files to what has none, and writes down what a later run must know.
    CompletableFuture<Void> save() {
        return generation
                .state()
                .map(state ->
                        new GenerationRecord(livestreamId, state, endedAtMs, shelf.leaving(), shelf.leavingParts()))
                .map(record -> folder.save(shelf.needingFiles(), record, shelf.all()))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private Window window(MediaPlaylist playlist) {
        String uri = generation.id() + "/" + Window.MEDIA_PLAYLIST;
        Map<SegmentForm, MultivariantPlaylist.Variant> variants = new EnumMap<>(SegmentForm.class);
        generation.forms().forEach(form -> variants.put(form, generation.variant(form, uri)));
        return Window.of(generation.id(), playlist, variants, shelf.objects());
    }

    private CompletableFuture<Void> list(Part part, long nowMs) {
        if (!part.segment().tracks().equals(initTracks)) {
            storeInit(part.segment().tracks(), nowMs);
        }
        String segment = generation.segmentName();
        ListedPart listed = generation.add(part, initName);
        StoredMedia stored = StoredMedia.part(listed.name(), part.bytes(), nowMs);
        shelf.put(stored);
        UnfinishedPart unfinished = new UnfinishedPart(
                segment,
                initName,
                part.segment().discontinuity(),
                part.segment().programDateTimeMs(),
                listed,
                stored.bytes(),
                part.transportStream().map(ByteBuf::readableBytes).orElse(0));
        return folder.writePart(open.add(stored, segment, part), unfinished, shelf.all());
    }

    private void storeInit(List<Track> tracks, long nowMs) {
        initTracks = tracks;
        ByteBuf bytes = InitSegment.write(tracks, allocator);
        initName = hash(bytes) + ".mp4";
        if (shelf.find(initName).filter(StoredMedia::isInMemory).isPresent()) {
            bytes.release();
        } else {
            StoredMedia init = StoredMedia.whole(initName, bytes, nowMs);
            shelf.put(init);
            folder.saveInit(init, shelf.all());
        }
    }

    /// The segment that an earlier run has not finished ends with the parts that it has.
    private void closeUnfinished(List<UnfinishedPart> parts, long nowMs) {
        RecoveredSegment segment = new RecoveredSegment(parts);
        segment.media(folder).forEach(shelf::put);
        leave(generation.addUnfinished(segment.name(), segment.listed(), segment.bytes()), nowMs);
    }

    /// A segment without a file costs memory that is needed for newer ones: it stays for those alone who have read the
    /// playlist a moment ago.
    private void leave(Generation.Unlisted unlisted, long nowMs) {
        unlisted.segments().forEach(listed -> leave(listed, nowMs));
        long untilMs = nowMs + TARGET_DURATIONS_OF_UNLISTED_PARTS * targetMs() + waitMs();
        unlisted.parts().forEach(part -> shelf.leavePart(new Leaving(untilMs, part.name())));
    }

    private void leave(ListedSegment listed, long nowMs) {
        long windowMs = Timescale.MPEG.convert(generation.shortestWindowTicks(), Timescale.MILLISECONDS);
        long itselfMs = Timescale.MPEG.convert(listed.durationTicks(), Timescale.MILLISECONDS);
        boolean saved = EXTENSIONS.stream()
                .allMatch(extension -> shelf.find(listed.name() + extension)
                        .filter(StoredMedia::needsFile)
                        .isEmpty());
        long keptMs = saved ? windowMs + itselfMs + GRACE_MS + waitMs() : targetMs();
        shelf.leave(new Leaving(nowMs + keptMs, listed.name()));
    }

    /// No playlist lists what has vanished from the disk, and so nothing before it.
    private void unlistWhatIsLost(long nowMs) {
        long lost = -1;
        for (ListedSegment listed : generation.listed()) {
            lost = isThere(listed) ? lost : listed.mediaSequence();
        }
        if (lost >= 0) {
            unlistBefore(lost + 1, nowMs);
            shelf.forgetLost();
        }
    }

    /// While the disk fails, the newest segments are kept, and the others as long as there is room.
    private void unlistWhatIsTooMuch(long nowMs) {
        long needed = generation.oldestNeeded().mediaSequence();
        long unsavedBytes = shelf.unsavedBytes();
        for (ListedSegment listed : generation.listed()) {
            if (unsavedBytes <= MOST_UNSAVED_BYTES || listed.mediaSequence() >= needed) {
                return;
            }
            for (String extension : EXTENSIONS) {
                unsavedBytes -= shelf.find(listed.name() + extension)
                        .filter(StoredMedia::needsFile)
                        .map(StoredMedia::bytes)
                        .orElse(0);
            }
            unlistBefore(listed.mediaSequence() + 1, nowMs);
        }
    }

    private void unlistBefore(long mediaSequence, long nowMs) {
        List<ListedSegment> gone = generation.unlistBefore(mediaSequence);
        List<ListedPart> parts = new ArrayList<>();
        gone.forEach(listed -> parts.addAll(listed.parts()));
        leave(new Generation.Unlisted(gone, parts), nowMs);
    }

    private boolean isThere(ListedSegment listed) {
        return shelf.has(listed.initName())
                && generation.forms().stream().allMatch(form -> shelf.has(listed.name() + form.extension()));
    }

    private long targetMs() {
        return 1_000L * generation.targetDurationSeconds();
    }

    /// A window is shown this much later than it was made, at most.
    private static long waitMs() {
        return PendingWindows.LONGEST_WAIT.toMillis();
    }

    private static String hash(ByteBuf bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.nioBuffer());
            return HexFormat.of().formatHex(digest.digest()).substring(0, INIT_NAME_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
