package io.lunarstream.hls;

import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import io.lunarstream.mpegts.TsMuxer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// One media playlist from its first segment to `EXT-X-ENDLIST`: which segments it lists now, under which numbers.
///
/// Belongs to one thread; what it hands out is immutable.
public final class Generation {

    /// A window is at least this long, for viewers who pause, and for phones that come back from a tunnel.
    private static final long SHORTEST_WINDOW_TICKS = Timescale.MPEG.ofMillis(30_000);

    /// A window is at least this many target durations long. RFC 8216, section 6.2.2 asks for three.
    private static final int SHORTEST_WINDOW_TARGET_DURATIONS = 8;

    private final String id;
    private final Deque<ListedSegment> window = new ArrayDeque<>();
    private final Map<SegmentForm, Bandwidth> bandwidths = new EnumMap<>(SegmentForm.class);
    private List<Track> tracks;
    private OptionalDouble frameRate = OptionalDouble.empty();
    private long windowTicks;
    private long nextMediaSequence;
    private long discontinuitySequence;
    private int targetDurationSeconds;
    private boolean ended;

    /// @param id its name in addresses, unique for ever
    /// @param tracks what its segments carry
    /// @param firstMediaSequence the number of its first segment
    public Generation(String id, List<Track> tracks, long firstMediaSequence) {
        this.id = id;
        this.tracks = List.copyOf(tracks);
        this.nextMediaSequence = firstMediaSequence;
        for (SegmentForm form : SegmentForm.values()) {
            bandwidths.put(form, new Bandwidth());
        }
    }

    /// Its name in addresses.
    public String id() {
        return id;
    }

    /// The number that the next segment gets.
    public long nextMediaSequence() {
        return nextMediaSequence;
    }

    /// Lists a segment as the newest.
    ///
    /// @param name its name without an extension, never used before in this generation
    /// @param initName name of its init segment
    /// @return what has left the window
    public List<ListedSegment> add(Segment segment, String name, String initName) {
        tracks = segment.tracks();
        targetDurationSeconds = segment.targetDurationSeconds();
        measureFrameRate(segment);
        bandwidth(SegmentForm.FMP4, segment.fragmentedMp4().readableBytes(), segment);
        segment.transportStream().ifPresent(bytes -> bandwidth(SegmentForm.MPEG_TS, bytes.readableBytes(), segment));
        window.addLast(new ListedSegment(
                nextMediaSequence,
                name,
                initName,
                segment.discontinuity(),
                segment.durationTicks(),
                segment.programDateTimeMs()));
        nextMediaSequence++;
        windowTicks += segment.durationTicks();
        return trim();
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
        return Optional.of(new MediaPlaylist(targetDurationSeconds, discontinuitySequence, List.copyOf(window), ended));
    }

    /// The forms that its codecs can be carried in.
    public List<SegmentForm> forms() {
        return TsMuxer.carries(tracks) ? List.of(SegmentForm.values()) : List.of(SegmentForm.FMP4);
    }

    /// How a multivariant playlist announces this generation now.
    ///
    /// @param uri of its media playlist
    public MultivariantPlaylist.Variant variant(SegmentForm form, String uri) {
        Bandwidth bandwidth = bandwidths.getOrDefault(form, new Bandwidth());
        return new MultivariantPlaylist.Variant(
                uri,
                bandwidth.announced(),
                bandwidth.average(),
                tracks.stream().map(track -> track.codec().rfc6381()).toList(),
                resolution(),
                hasVideo() ? frameRate : OptionalDouble.empty());
    }

    private void bandwidth(SegmentForm form, long bytes, Segment segment) {
        bandwidths
                .getOrDefault(form, new Bandwidth())
                .add(bytes, segment.durationTicks(), segment.targetDurationSeconds());
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
            ListedSegment oldest = window.removeFirst();
            windowTicks -= oldest.durationTicks();
            discontinuitySequence += oldest.discontinuity() ? 1 : 0;
            gone.addLast(oldest);
        }
        return List.copyOf(gone);
    }

    private boolean hasVideo() {
        return tracks.stream().anyMatch(track -> track.kind() == MediaKind.VIDEO);
    }

    private Optional<MultivariantPlaylist.Resolution> resolution() {
        for (Track track : tracks) {
            if (track.codec() instanceof Codec.Video video) {
                return Optional.of(new MultivariantPlaylist.Resolution(video.width(), video.height()));
            }
        }
        return Optional.empty();
    }
}
