package io.lunarstream.hls;

import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// One media playlist from its first segment to `EXT-X-ENDLIST`: which segments and parts it lists now, under which
/// numbers and names. Where tracks are not muxed, there is one for each rendition, under the same id, and all list
/// segments and parts of the same length.
///
/// Belongs to one thread; what it hands out is immutable.
public final class Generation {

    /// A window is at least this long, for viewers who pause, and for phones that come back from a tunnel.
    private static final long SHORTEST_WINDOW_TICKS = Timescale.MPEG.ofMillis(30_000);

    /// A window is at least this many target durations long. RFC 8216, section 6.2.2 asks for three.
    private static final int SHORTEST_WINDOW_TARGET_DURATIONS = 8;

    /// A window that must be cut short is at least this many target durations long.
    private static final int SHORTEST_LEGAL_TARGET_DURATIONS = 4;

    /// Parts stay listed until they are this many target durations behind the end of the playlist.
    /// Source: draft-pantos-hls-rfc8216bis, section 4.4.4.9.
    private static final int TARGET_DURATIONS_WITH_PARTS = 3;

    /// How short a part may be that is not a segment's last, in percent of the part target.
    private static final int SHORTEST_PART_PERCENT = 85;

    /// What a segment has pushed out of the playlist.
    ///
    /// @param segments listed no longer, oldest first
    /// @param parts listed no longer, or never because they break the bounds of parts
    public record Unlisted(List<ListedSegment> segments, List<ListedPart> parts) {

        public Unlisted {
            segments = List.copyOf(segments);
            parts = List.copyOf(parts);
        }
    }

    private final String id;
    private final String startName;
    private final String rendition;
    private final List<String> others;
    private final Deque<ListedSegment> window = new ArrayDeque<>();
    private final List<ListedPart> openParts = new ArrayList<>();
    private Optional<OpenSegment> open = Optional.empty();
    private final Map<SegmentForm, Bandwidth> bandwidths = new EnumMap<>(SegmentForm.class);
    private Announcement announcement;
    private OptionalDouble frameRate = OptionalDouble.empty();
    private long windowTicks;
    private long nextMediaSequence;
    private long discontinuitySequence;
    private int targetDurationSeconds;
    private int partTargetMs;
    private boolean hinting = true;
    private boolean ended;

    private Generation(String id, String startName, Rendition rendition, List<String> others, long firstMediaSequence) {
        this.id = id;
        this.startName = startName;
        this.rendition = rendition.name();
        this.others = others;
        this.announcement = Announcement.of(rendition);
        this.nextMediaSequence = firstMediaSequence;
        for (SegmentForm form : SegmentForm.values()) {
            bandwidths.put(form, Bandwidth.NONE);
        }
    }

    /// The media playlists of some tracks, one for each rendition; the first decides about cuts.
    ///
    /// @param id its name in addresses, unique for ever
    /// @param startName what this run of the server puts into every name, so that no address ever has two contents
    /// @param tracks what its segments carry
    /// @param firstMediaSequence the number of its first segment
    public static List<Generation> of(String id, String startName, List<Track> tracks, long firstMediaSequence) {
        List<Rendition> renditions = Rendition.of(tracks);
        return renditions.stream()
                .map(rendition -> {
                    List<String> others = renditions.stream()
                            .filter(other -> !other.equals(rendition))
                            .map(other -> Rendition.uri(other.name()))
                            .toList();
                    return new Generation(id, startName, rendition, others, firstMediaSequence);
                })
                .toList();
    }

    /// Goes on with a generation of an earlier run. Nothing is hinted at until something comes.
    ///
    /// @param startName of this run
    public Generation(GenerationState state, String startName) {
        this.id = state.id();
        this.startName = startName;
        this.rendition = state.rendition();
        this.others = state.others();
        this.announcement = state.announcement();
        this.frameRate = state.frameRate();
        this.bandwidths.putAll(state.bandwidths());
        this.targetDurationSeconds = state.targetDurationSeconds();
        this.partTargetMs = state.partTargetMs();
        this.discontinuitySequence = state.discontinuitySequence();
        this.nextMediaSequence = state.nextMediaSequence();
        this.window.addAll(state.segments());
        this.windowTicks = state.segments().stream()
                .mapToLong(ListedSegment::durationTicks)
                .sum();
        this.ended = state.ended();
        this.hinting = false;
    }

    /// What a later run needs to go on, without the segment that is being made; empty before the first segment.
    public Optional<GenerationState> state() {
        if (window.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new GenerationState(
                id,
                rendition,
                others,
                announcement,
                frameRate,
                bandwidths,
                targetDurationSeconds,
                partTargetMs,
                discontinuitySequence,
                nextMediaSequence,
                List.copyOf(window),
                ended));
    }

    /// Its name in addresses.
    public String id() {
        return id;
    }

    /// The name of the rendition that it lists.
    public String rendition() {
        return rendition;
    }

    /// Its address in the generation's folder.
    public String uri() {
        return Rendition.uri(rendition);
    }

    /// The number that the next segment gets.
    public long nextMediaSequence() {
        return nextMediaSequence;
    }

    /// Lists a part of the segment that is being made.
    ///
    /// @param initName name of its init segment
    public ListedPart add(Part part, String initName) {
        ListedPart listed = new ListedPart(nextPartName(), part.durationTicks(), part.independent());
        openParts.add(listed);
        SegmentStart segment = part.segment();
        open = Optional.of(new OpenSegment(initName, segment.discontinuity(), segment.programDateTimeMs(), openParts));
        return listed;
    }

    /// Lists the segment that was being made as whole; its last part has been listed.
    ///
    /// @param initName name of its init segment
    /// @return what is listed no longer
    public Unlisted add(Segment segment, String initName) {
        announcement = Announcement.of(segment.start().rendition());
        targetDurationSeconds = segment.targetDurationSeconds();
        partTargetMs = segment.partTargetMs();
        measureFrameRate(segment);
        bandwidth(SegmentForm.FMP4, segment.fragmentedMp4().readableBytes(), segment.durationTicks());
        segment.transportStream()
                .ifPresent(bytes -> bandwidth(SegmentForm.MPEG_TS, bytes.readableBytes(), segment.durationTicks()));
        SegmentStart start = segment.start();
        List<ListedPart> unlisted = new ArrayList<>(partsKeepBounds() ? List.of() : openParts);
        ListedSegment listed = new ListedSegment(
                nextMediaSequence,
                segmentName(),
                initName,
                start.discontinuity(),
                segment.durationTicks(),
                start.programDateTimeMs(),
                unlisted.isEmpty() ? openParts : List.of());
        openParts.clear();
        open = Optional.empty();
        return list(listed, unlisted);
    }

    /// Lists a segment that an earlier run has not finished: it ends with the parts that it has.
    ///
    /// @param name its name without an extension
    /// @param bytes how many it has in each form that there is
    public Unlisted addUnfinished(String name, OpenSegment segment, Map<SegmentForm, Long> bytes) {
        long ticks =
                segment.parts().stream().mapToLong(ListedPart::durationTicks).sum();
        bytes.forEach((form, count) -> bandwidth(form, count, ticks));
        ListedSegment listed = new ListedSegment(
                nextMediaSequence,
                name,
                segment.initName(),
                segment.discontinuity(),
                ticks,
                segment.programDateTimeMs(),
                segment.parts());
        return list(listed, new ArrayList<>());
    }

    private Unlisted list(ListedSegment segment, List<ListedPart> unlisted) {
        window.addLast(segment);
        nextMediaSequence++;
        windowTicks += segment.durationTicks();
        List<ListedSegment> gone = trim();
        unlistOldParts(unlisted);
        return new Unlisted(gone, unlisted);
    }

    /// The oldest segment without which the playlist would be shorter than may be: 3 target durations, and one more for
    /// viewers who have read the playlist before this one. Source: RFC 8216, section 6.2.2.
    public ListedSegment oldestNeeded() {
        long neededTicks = SHORTEST_LEGAL_TARGET_DURATIONS * Timescale.MPEG.ofMillis(1_000L * targetDurationSeconds);
        Iterator<ListedSegment> newestFirst = window.descendingIterator();
        ListedSegment oldest = newestFirst.next();
        long ticks = oldest.durationTicks();
        while (ticks < neededTicks && newestFirst.hasNext()) {
            oldest = newestFirst.next();
            ticks += oldest.durationTicks();
        }
        return oldest;
    }

    /// Takes segments out of the playlist before their time, because they cannot be kept.
    ///
    /// @param mediaSequence of the first that stays; the newest stays whatever this is
    /// @return those that are listed no longer, oldest first
    public List<ListedSegment> unlistBefore(long mediaSequence) {
        List<ListedSegment> gone = new ArrayList<>();
        while (window.size() > 1 && window.getFirst().mediaSequence() < mediaSequence) {
            gone.add(removeOldest());
        }
        return gone;
    }

    /// The segments that are listed, oldest first.
    public List<ListedSegment> listed() {
        return List.copyOf(window);
    }

    /// `EXT-X-TARGETDURATION`; 0 before the first segment.
    public int targetDurationSeconds() {
        return targetDurationSeconds;
    }

    /// The newest whole segment.
    public ListedSegment newest() {
        return window.getLast();
    }

    /// Whether the playlist hints at the part to come: not while nothing comes in.
    public void hint(boolean hints) {
        hinting = hints;
    }

    /// Nothing will be added any more. Can never be taken back.
    public void end() {
        ended = true;
    }

    /// How long the window is at least, in ticks of [Timescale#MPEG].
    public long shortestWindowTicks() {
        long targetTicks = Timescale.MPEG.ofMillis(1_000L * targetDurationSeconds);
        return Math.max(SHORTEST_WINDOW_TICKS, SHORTEST_WINDOW_TARGET_DURATIONS * targetTicks);
    }

    /// The playlist now; empty before the first segment.
    public Optional<MediaPlaylist> playlist() {
        if (window.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new MediaPlaylist(
                targetDurationSeconds,
                partTargetMs,
                discontinuitySequence,
                List.copyOf(window),
                open,
                hinting && !ended ? Optional.of(nextPartName()) : Optional.empty(),
                others,
                ended));
    }

    /// The forms that its segments are in.
    public List<SegmentForm> forms() {
        return announcement.forms();
    }

    /// What is said of its tracks.
    Announcement announcement() {
        return announcement;
    }

    /// How a multivariant playlist announces this playlist now, without what belongs to it in others.
    MultivariantPlaylist.Variant variant(SegmentForm form) {
        Bandwidth bandwidth = bandwidths.getOrDefault(form, Bandwidth.NONE);
        return new MultivariantPlaylist.Variant(
                id + "/" + (form == SegmentForm.FMP4 ? uri() : Rendition.MUXED_URI),
                bandwidth.announced(),
                bandwidth.average(),
                announcement.codecs(form),
                announcement.resolution(),
                announcement.resolution().isPresent() ? frameRate : OptionalDouble.empty(),
                Optional.empty());
    }

    private void bandwidth(SegmentForm form, long bytes, long durationTicks) {
        bandwidths.computeIfPresent(form, (_, before) -> before.plus(bytes, durationTicks, targetDurationSeconds));
    }

    /// `FRAME-RATE` is the largest of the presentation; a segment cut short says little about it.
    private void measureFrameRate(Segment segment) {
        double seconds = Timescale.MPEG.toSeconds(segment.durationTicks());
        if (segment.pictures() > 0 && (frameRate.isEmpty() || seconds >= 1)) {
            frameRate = OptionalDouble.of(Math.max(frameRate.orElse(0), segment.pictures() / seconds));
        }
    }

    private List<ListedSegment> trim() {
        Deque<ListedSegment> gone = new ArrayDeque<>();
        while (windowTicks - window.getFirst().durationTicks() >= shortestWindowTicks()) {
            gone.addLast(removeOldest());
        }
        return List.copyOf(gone);
    }

    private ListedSegment removeOldest() {
        ListedSegment oldest = window.removeFirst();
        windowTicks -= oldest.durationTicks();
        discontinuitySequence += oldest.discontinuity() ? 1 : 0;
        return oldest;
    }

    /// Parts of a first segment were cut before the part target was known.
    private boolean partsKeepBounds() {
        long targetTicks = Timescale.MPEG.ofMillis(partTargetMs);
        for (ListedPart part : openParts) {
            boolean last = part.equals(openParts.getLast());
            boolean longEnough = last || 100 * part.durationTicks() >= SHORTEST_PART_PERCENT * targetTicks;
            if (part.durationTicks() > targetTicks || !longEnough) {
                return false;
            }
        }
        return true;
    }

    private void unlistOldParts(List<ListedPart> unlisted) {
        long listedTicks = TARGET_DURATIONS_WITH_PARTS * Timescale.MPEG.ofMillis(1_000L * targetDurationSeconds);
        long ticksToEnd = windowTicks;
        for (int count = window.size(); count > 0; count--) {
            ListedSegment segment = window.removeFirst();
            ticksToEnd -= segment.durationTicks();
            boolean old = ticksToEnd >= listedTicks;
            unlisted.addAll(old ? segment.parts() : List.of());
            window.addLast(old ? segment.withoutParts() : segment);
        }
    }

    /// The name, without an extension, of the segment that is being made.
    public String segmentName() {
        String name = nextMediaSequence + "-" + startName;
        return others.isEmpty() ? name : rendition + "-" + name;
    }

    private String nextPartName() {
        return segmentName() + "." + openParts.size() + SegmentForm.FMP4.extension();
    }
}
