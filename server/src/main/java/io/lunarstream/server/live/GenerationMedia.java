package io.lunarstream.server.live;

import io.lunarstream.fmp4.InitSegment;
import io.lunarstream.hls.Generation;
import io.lunarstream.hls.ListedSegment;
import io.lunarstream.hls.MediaPlaylist;
import io.lunarstream.hls.MultivariantPlaylist;
import io.lunarstream.hls.Segment;
import io.lunarstream.hls.SegmentForm;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The media of one generation: gives segments their names, keeps them as long as somebody may ask for them, in memory
/// first and on disk later, and gives each version of the playlist out as a [Window].
///
/// Belongs to one event loop.
final class GenerationMedia {

    /// Segments stay in memory for this many target durations: where live viewers are.
    private static final int TARGET_DURATIONS_IN_MEMORY = 4;

    /// How long a segment can still be fetched after the longest playlist that lists it, and itself, have been played.
    /// Source: RFC 8216, section 6.2.2, and half a minute for slow players.
    private static final long GRACE_MS = 30_000;

    /// Hexadecimal digits of an init segment's hash that make its name.
    private static final int INIT_NAME_DIGITS = 16;

    private record Leaving(long deleteAtMs, ListedSegment segment) {}

    private final String streamKey;
    private final String startName;
    private final Generation generation;
    private final MediaFiles files;
    private final ByteBufAllocator allocator;
    private final ConcurrentMap<String, StoredMedia> objects = new ConcurrentHashMap<>();
    private final Queue<StoredMedia> inMemory = new ArrayDeque<>();
    private final Queue<Leaving> leaving = new ArrayDeque<>();
    private List<Track> initTracks = List.of();
    private String initName = "";

    /// @param startName what this run of the server puts into every name, so that no address ever has two contents
    GenerationMedia(
            String streamKey, String startName, Generation generation, MediaFiles files, ByteBufAllocator allocator) {
        this.streamKey = streamKey;
        this.startName = startName;
        this.generation = generation;
        this.files = files;
        this.allocator = allocator;
    }

    Generation generation() {
        return generation;
    }

    /// Takes a segment, whose memory it owns from now on, and lists it.
    Window add(Segment segment, long nowMs) {
        String name = generation.nextMediaSequence() + "-" + startName;
        if (!segment.tracks().equals(initTracks)) {
            storeInit(segment.tracks(), nowMs);
        }
        List<ListedSegment> gone = generation.add(segment, name, initName);
        store(new StoredMedia(name + SegmentForm.FMP4.extension(), segment.fragmentedMp4(), nowMs));
        segment.transportStream()
                .ifPresent(bytes -> store(new StoredMedia(name + SegmentForm.MPEG_TS.extension(), bytes, nowMs)));
        gone.forEach(listed -> leave(listed, nowMs));
        evict(nowMs - TARGET_DURATIONS_IN_MEMORY * 1_000L * segment.targetDurationSeconds());
        deleteOld(nowMs);
        return window().orElseThrow();
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
        return generation.playlist().map(this::window);
    }

    private Window window(MediaPlaylist playlist) {
        String uri = generation.id() + "/" + Window.MEDIA_PLAYLIST;
        Map<SegmentForm, MultivariantPlaylist.Variant> variants = new EnumMap<>(SegmentForm.class);
        generation.forms().forEach(form -> variants.put(form, generation.variant(form, uri)));
        return Window.of(generation.id(), playlist, variants, objects);
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
        media.file().ifPresent(files::delete);
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
