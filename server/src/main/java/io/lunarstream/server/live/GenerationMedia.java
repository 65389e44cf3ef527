package io.lunarstream.server.live;

import io.lunarstream.fmp4.InitSegment;
import io.lunarstream.hls.Generation;
import io.lunarstream.hls.GenerationState;
import io.lunarstream.hls.ListedPart;
import io.lunarstream.hls.ListedSegment;
import io.lunarstream.hls.MediaPlaylist;
import io.lunarstream.hls.MultivariantPlaylist;
import io.lunarstream.hls.Part;
import io.lunarstream.hls.Resumption;
import io.lunarstream.hls.Segment;
import io.lunarstream.hls.SegmentForm;
import io.lunarstream.hls.SegmentStart;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// The media of one generation with all its renditions: keeps parts and segments as long as somebody may ask for
/// them, in memory first and on disk from the beginning, and gives each version of the playlist out as a [Window].
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
    private final SequencedMap<String, RenditionMedia> renditions = new LinkedHashMap<>();
    private final GenerationFolder folder;
    private final MediaShelf shelf;
    private final ByteBufAllocator allocator;
    private Optional<Window> newest = Optional.empty();
    private OptionalLong endedAtMs = OptionalLong.empty();

    /// @param playlists those of all renditions; the first decides about cuts
    GenerationMedia(
            UUID livestreamId, List<Generation> playlists, GenerationFolder folder, ByteBufAllocator allocator) {
        this.livestreamId = livestreamId;
        this.folder = folder;
        this.shelf = new MediaShelf(folder);
        this.allocator = allocator;
        playlists.forEach(
                playlist -> renditions.put(playlist.rendition(), new RenditionMedia(playlist, folder, shelf)));
    }

    UUID livestreamId() {
        return livestreamId;
    }

    /// The generation's name in addresses.
    String id() {
        return first().id();
    }

    /// The number that the next segment gets.
    long nextMediaSequence() {
        return first().nextMediaSequence();
    }

    /// What a packager of a later run needs to go on; empty before the first segment.
    Optional<Resumption> resumption() {
        return states().map(Resumption::of);
    }

    /// When it ended, in milliseconds since 1970; empty while it goes on.
    OptionalLong endedAtMs() {
        return endedAtMs;
    }

    /// Takes back what an earlier run has made of this generation.
    ///
    /// @return false if the newest segment is missing, so that nobody can go on with it
    boolean takeBack(RecoveredGeneration found, long nowMs) {
        found.places().forEach(place -> shelf.put(folder.stored(place)));
        found.record().leavingSegments().forEach(shelf::leave);
        found.record().leavingParts().forEach(shelf::leavePart);
        endedAtMs = found.record().endedAtMs();
        if (!playlists().stream().allMatch(playlist -> isThere(playlist, playlist.newest()))) {
            return false;
        }
        if (endedAtMs.isEmpty()) {
            found.unfinished().forEach(parts -> closeUnfinished(parts, nowMs));
        }
        unlistWhatIsLost(nowMs);
        shelf.forgetOld(nowMs, EXTENSIONS);
        return true;
    }

    /// Takes a part, whose memory it owns from now on, and lists it.
    ///
    /// @return empty before the first segment, because there is no playlist yet, and while another rendition's
    ///     part of the same time is to come
    Optional<PreparedWindow> add(Part part, long nowMs) {
        RenditionMedia rendition = rendition(part.segment());
        CompletableFuture<Void> onDisk = list(rendition, part, nowMs);
        rendition.playlist().hint(true);
        if (!isLast(rendition)) {
            return Optional.empty();
        }
        newest = newest.flatMap(window -> listed().map(window::with));
        return newest.map(window -> new PreparedWindow(window, onDisk));
    }

    /// Takes a segment, whose memory it owns from now on, and lists it.
    ///
    /// @return empty while another rendition's segment of the same time is to come
    Optional<PreparedWindow> add(Segment segment, long nowMs) {
        RenditionMedia rendition = rendition(segment.start());
        CompletableFuture<Void> _ = list(rendition, segment.lastPart(), nowMs);
        Generation.Unlisted unlisted = rendition.playlist().add(segment, rendition.initName());
        String name = rendition.playlist().newest().name();
        StoredMedia stored = StoredMedia.whole(name + SegmentForm.FMP4.extension(), segment.fragmentedMp4(), nowMs);
        shelf.putSegment(stored);
        segment.transportStream()
                .map(bytes -> StoredMedia.whole(name + SegmentForm.MPEG_TS.extension(), bytes, nowMs))
                .ifPresent(shelf::putSegment);
        rendition.moveOpenPartsInto(stored);
        leave(unlisted, nowMs);
        if (!isLast(rendition)) {
            return Optional.empty();
        }
        unlistWhatIsLost(nowMs);
        unlistWhatIsTooMuch(nowMs);
        shelf.evict(nowMs - TARGET_DURATIONS_IN_MEMORY * targetMs());
        shelf.forgetOld(nowMs, EXTENSIONS);
        return window().map(window -> new PreparedWindow(window, save()));
    }

    /// Nothing comes in for now: no part is hinted at until the next one is there.
    Optional<Window> awaitNothing() {
        playlists().forEach(playlist -> playlist.hint(false));
        return window();
    }

    /// The window as it is now; empty before the first segment.
    Optional<Window> window() {
        newest = listed().map(this::window);
        return newest;
    }

    /// Ends the playlists; empty if there never was one.
    Optional<PreparedWindow> end(long nowMs) {
        playlists().forEach(Generation::end);
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
        return states().map(states ->
                        new GenerationRecord(livestreamId, states, endedAtMs, shelf.leaving(), shelf.leavingParts()))
                .map(record -> folder.save(shelf.needingFiles(), record, shelf.all()))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private Window window(SequencedMap<String, MediaPlaylist> listed) {
        Map<SegmentForm, MultivariantPlaylist> announced = new EnumMap<>(SegmentForm.class);
        first().forms().forEach(form -> announced.put(form, MultivariantPlaylist.of(playlists(), form)));
        return Window.of(id(), listed, announced, shelf.objects());
    }

    /// What all renditions list now, by address; empty before the first segment.
    private Optional<SequencedMap<String, MediaPlaylist>> listed() {
        SequencedMap<String, MediaPlaylist> listed = new LinkedHashMap<>();
        playlists().forEach(playlist -> playlist.playlist().ifPresent(now -> listed.put(playlist.uri(), now)));
        return listed.size() == renditions.size() ? Optional.of(listed) : Optional.empty();
    }

    /// What a later run must know of all renditions; empty before the first segment.
    private Optional<List<GenerationState>> states() {
        List<GenerationState> states = playlists().stream()
                .flatMap(playlist -> playlist.state().stream())
                .toList();
        return states.size() == renditions.size() ? Optional.of(states) : Optional.empty();
    }

    private List<Generation> playlists() {
        return renditions.values().stream().map(RenditionMedia::playlist).toList();
    }

    private Generation first() {
        return renditions.firstEntry().getValue().playlist();
    }

    private boolean isLast(RenditionMedia rendition) {
        return rendition.equals(renditions.lastEntry().getValue());
    }

    private RenditionMedia rendition(SegmentStart segment) {
        return rendition(segment.rendition().name());
    }

    private RenditionMedia rendition(String name) {
        RenditionMedia rendition = renditions.get(name);
        if (rendition == null) {
            throw new IllegalStateException("no such rendition: " + name);
        }
        return rendition;
    }

    private CompletableFuture<Void> list(RenditionMedia rendition, Part part, long nowMs) {
        if (!rendition.isInitOf(part.segment().tracks())) {
            storeInit(rendition, part.segment().tracks(), nowMs);
        }
        return rendition.list(part, nowMs);
    }

    private void storeInit(RenditionMedia rendition, List<Track> tracks, long nowMs) {
        ByteBuf bytes = InitSegment.write(tracks, allocator);
        String initName = hash(bytes) + ".mp4";
        rendition.init(tracks, initName);
        if (shelf.find(initName).filter(StoredMedia::isInMemory).isPresent()) {
            bytes.release();
        } else {
            StoredMedia init = StoredMedia.whole(initName, bytes, nowMs);
            shelf.put(init);
            folder.saveInit(init, shelf.all());
        }
    }

    /// The segment that an earlier run has not finished ends with the parts that it has.
    private void closeUnfinished(List<WrittenPart> parts, long nowMs) {
        RecoveredSegment segment = new RecoveredSegment(parts);
        segment.places().forEach(place -> shelf.put(folder.stored(place)));
        Generation playlist = rendition(segment.rendition()).playlist();
        leave(playlist.addUnfinished(segment.name(), segment.listed(), segment.bytes()), nowMs);
    }

    /// A segment without a file costs memory that is needed for newer ones: it stays for those alone who have read the
    /// playlist a moment ago.
    private void leave(Generation.Unlisted unlisted, long nowMs) {
        unlisted.segments().forEach(listed -> leave(listed, nowMs));
        long untilMs = nowMs + TARGET_DURATIONS_OF_UNLISTED_PARTS * targetMs() + waitMs();
        unlisted.parts().forEach(part -> shelf.leavePart(new Leaving(untilMs, part.name())));
    }

    private void leave(ListedSegment listed, long nowMs) {
        long windowMs = Timescale.MPEG.convert(first().shortestWindowTicks(), Timescale.MILLISECONDS);
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
        for (Generation playlist : playlists()) {
            for (ListedSegment listed : playlist.listed()) {
                lost = isThere(playlist, listed) ? lost : Math.max(lost, listed.mediaSequence());
            }
        }
        if (lost >= 0) {
            unlistBefore(lost + 1, nowMs);
            shelf.forgetLost();
        }
    }

    /// While the disk fails, the newest segments are kept, and the others as long as there is room.
    private void unlistWhatIsTooMuch(long nowMs) {
        long needed = first().oldestNeeded().mediaSequence();
        long unsavedBytes = shelf.unsavedBytes();
        for (ListedSegment oldest : first().listed()) {
            long mediaSequence = oldest.mediaSequence();
            if (unsavedBytes <= MOST_UNSAVED_BYTES || mediaSequence >= needed) {
                return;
            }
            for (Generation playlist : playlists()) {
                unsavedBytes -= unsavedBytes(playlist.listed().getFirst().name());
            }
            unlistBefore(mediaSequence + 1, nowMs);
        }
    }

    /// How much of a segment is in memory only.
    private long unsavedBytes(String segment) {
        long bytes = 0;
        for (String extension : EXTENSIONS) {
            bytes += shelf.find(segment + extension)
                    .filter(StoredMedia::needsFile)
                    .map(StoredMedia::bytes)
                    .orElse(0);
        }
        return bytes;
    }

    private void unlistBefore(long mediaSequence, long nowMs) {
        for (Generation playlist : playlists()) {
            List<ListedSegment> gone = playlist.unlistBefore(mediaSequence);
            List<ListedPart> parts = new ArrayList<>();
            gone.forEach(listed -> parts.addAll(listed.parts()));
            leave(new Generation.Unlisted(gone, parts), nowMs);
        }
    }

    private boolean isThere(Generation playlist, ListedSegment listed) {
        return shelf.has(listed.initName())
                && playlist.forms().stream().allMatch(form -> shelf.has(listed.name() + form.extension()));
    }

    private long targetMs() {
        return 1_000L * first().targetDurationSeconds();
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
