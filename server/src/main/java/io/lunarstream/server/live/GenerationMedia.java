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
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The media of one generation: keeps parts and segments as long as somebody may ask for them, in memory first and on
/// disk later, and gives each version of the playlist out as a [Window].
///
/// Belongs to one event loop.
final class GenerationMedia {

    /// Segments stay in memory for this many target durations: where live viewers are.
    private static final int TARGET_DURATIONS_IN_MEMORY = 4;

    /// How long a segment can still be fetched after the longest playlist that lists it, and itself, have been played.
    /// Source: RFC 8216, section 6.2.2, and half a minute for slow players.
    private static final long GRACE_MS = 30_000;

    /// Parts can be fetched for this many target durations after they have left the playlist.
    private static final int TARGET_DURATIONS_OF_UNLISTED_PARTS = 3;

    /// Hexadecimal digits of an init segment's hash that make its name.
    private static final int INIT_NAME_DIGITS = 16;

    private record Leaving(long deleteAtMs, ListedSegment segment) {}

    private record LeavingPart(long forgetAtMs, ListedPart part) {}

    private final String streamKey;
    private final Generation generation;
    private final MediaFiles files;
    private final ByteBufAllocator allocator;
    private final ConcurrentMap<String, StoredMedia> objects = new ConcurrentHashMap<>();
    private final Queue<StoredMedia> inMemory = new ArrayDeque<>();
    private final Queue<Leaving> leaving = new ArrayDeque<>();
    private final Queue<LeavingPart> leavingParts = new ArrayDeque<>();
    private final List<StoredMedia> openParts = new ArrayList<>();
    private Optional<Window> newest = Optional.empty();
    private List<Track> initTracks = List.of();
    private String initName = "";

    GenerationMedia(String streamKey, Generation generation, MediaFiles files, ByteBufAllocator allocator) {
        this.streamKey = streamKey;
        this.generation = generation;
        this.files = files;
        this.allocator = allocator;
    }

    Generation generation() {
        return generation;
    }

    /// Takes a part, whose memory it owns from now on, and lists it.
    ///
    /// @return empty before the first segment: there is no playlist yet
    Optional<Window> add(Part part, long nowMs) {
        list(part, nowMs);
        generation.hint(true);
        newest = generation.playlist().flatMap(playlist -> newest.map(window -> window.with(playlist)));
        return newest;
    }

    /// Takes a segment, whose memory it owns from now on, and lists it.
    Window add(Segment segment, long nowMs) {
        list(segment.lastPart(), nowMs);
        Generation.Unlisted unlisted = generation.add(segment, initName);
        String name = generation.newest().name();
        StoredMedia stored = new StoredMedia(name + SegmentForm.FMP4.extension(), segment.fragmentedMp4(), nowMs);
        store(stored);
        segment.transportStream()
                .ifPresent(bytes -> store(new StoredMedia(name + SegmentForm.MPEG_TS.extension(), bytes, nowMs)));
        moveOpenParts(stored);
        long targetMs = 1_000L * segment.targetDurationSeconds();
        unlisted.segments().forEach(listed -> leave(listed, nowMs));
        long forgetPartsAtMs = nowMs + TARGET_DURATIONS_OF_UNLISTED_PARTS * targetMs;
        unlisted.parts().forEach(part -> leavingParts.add(new LeavingPart(forgetPartsAtMs, part)));
        evict(nowMs - TARGET_DURATIONS_IN_MEMORY * targetMs);
        deleteOld(nowMs);
        return window().orElseThrow();
    }

    /// Nothing comes in for now: no part is hinted at until the next one is there.
    Optional<Window> awaitNothing() {
        generation.hint(false);
        return window();
    }

    /// Ends the playlist; empty if there never was one.
    Optional<Window> end() {
        generation.end();
        return window();
    }

    /// Forgets everything, in memory and on disk.
    void delete() {
        objects.values().forEach(StoredMedia::evict);
        objects.clear();
        files.deleteGeneration(streamKey, generation.id());
    }

    private Optional<Window> window() {
        newest = generation.playlist().map(this::window);
        return newest;
    }

    private Window window(MediaPlaylist playlist) {
        String uri = generation.id() + "/" + Window.MEDIA_PLAYLIST;
        Map<SegmentForm, MultivariantPlaylist.Variant> variants = new EnumMap<>(SegmentForm.class);
        generation.forms().forEach(form -> variants.put(form, generation.variant(form, uri)));
        return Window.of(generation.id(), playlist, variants, objects);
    }

    private void list(Part part, long nowMs) {
        if (!part.segment().tracks().equals(initTracks)) {
            storeInit(part.segment().tracks(), nowMs);
        }
        StoredMedia stored = new StoredMedia(generation.add(part, initName).name(), part.bytes(), nowMs);
        objects.put(stored.name(), stored);
        openParts.add(stored);
    }

    private void moveOpenParts(StoredMedia segment) {
        int offset = 0;
        for (StoredMedia part : openParts) {
            part.movedInto(segment, offset);
            offset += part.bytes();
        }
        openParts.clear();
    }

    private void store(StoredMedia media) {
        objects.put(media.name(), media);
        inMemory.add(media);
        files.write(streamKey, generation.id(), media);
    }

    private void storeInit(List<Track> tracks, long nowMs) {
        initTracks = tracks;
        ByteBuf bytes = InitSegment.write(tracks, allocator);
        initName = hash(bytes) + ".mp4";
        if (objects.containsKey(initName)) {
            bytes.release();
        } else {
            objects.put(initName, new StoredMedia(initName, bytes, nowMs));
        }
    }

    /// The segment is listed no more. Without a file it would cost memory for nobody.
    private void leave(ListedSegment listed, long nowMs) {
        long windowMs = Timescale.MPEG.convert(generation.shortestWindowTicks(), Timescale.MILLISECONDS);
        long itselfMs = Timescale.MPEG.convert(listed.durationTicks(), Timescale.MILLISECONDS);
        leaving.add(new Leaving(nowMs + windowMs + itselfMs + GRACE_MS, listed));
        for (SegmentForm form : SegmentForm.values()) {
            StoredMedia media = objects.get(listed.name() + form.extension());
            if (media != null && media.file().isEmpty()) {
                forget(media);
            }
        }
    }

    /// Gives memory back for what is on disk and older than that. Init segments are small and stay.
    private void evict(long storedBeforeMs) {
        inMemory.removeIf(media -> {
            boolean evictable =
                    media.storedAtMs() < storedBeforeMs && media.file().isPresent();
            if (evictable) {
                media.evict();
            }
            return evictable;
        });
    }

    private void deleteOld(long nowMs) {
        while (!leavingParts.isEmpty() && leavingParts.element().forgetAtMs() <= nowMs) {
            objects.remove(leavingParts.remove().part().name());
        }
        while (!leaving.isEmpty() && leaving.element().deleteAtMs() <= nowMs) {
            ListedSegment listed = leaving.remove().segment();
            for (SegmentForm form : SegmentForm.values()) {
                StoredMedia media = objects.get(listed.name() + form.extension());
                if (media != null) {
                    forget(media);
                }
            }
        }
    }

    private void forget(StoredMedia media) {
        objects.remove(media.name());
        inMemory.remove(media);
        media.evict();
        media.file().ifPresent(region -> files.delete(region.path()));
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
