package io.lunarstream.hls;

import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Sample;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes segments of samples, and parts of segments: cuts where [Cutter] and [PartCutter] say. Both forms have the
/// same segments. Audio belongs to the part during which it arrived.
final class Segmenter implements AutoCloseable {
    private final ByteBufAllocator allocator;
    private final Optional<Duration> keyframeInterval;
    private final PackagerListener listener;
    private final ProgramClock programClock = new ProgramClock();
    private final PartWriter parts;

    private @Nullable SegmentWriter writer;
    private Cutter cutter = new Cutter(MediaKind.VIDEO);
    private PartTarget partTarget = new PartTarget();
    private int targetDurationSeconds;
    private int partTargetMs;
    private boolean discontinuous;

    private @Nullable SegmentStart open;
    private int pictures;

    /// @param allocator where the segments' memory comes from
    /// @param keyframeInterval what an earlier broadcast taught, for the target duration
    /// @param listener takes each whole part and each whole segment, and owns it
    Segmenter(ByteBufAllocator allocator, Optional<Duration> keyframeInterval, PackagerListener listener) {
        this.allocator = allocator;
        this.keyframeInterval = keyframeInterval;
        this.listener = listener;
        this.parts = new PartWriter(allocator);
    }

    /// Begins a generation: its first segment decides both targets and has no discontinuity.
    void begin(List<Track> tracks) {
        changeTracks(tracks);
        cutter.limit(TargetDuration.LONGEST_FIRST_SEGMENT_TICKS);
        parts.target(PartTarget.UNKNOWN_MS);
        partTarget = new PartTarget();
        targetDurationSeconds = 0;
        discontinuous = false;
    }

    /// Goes on in the same generation with other codec configurations.
    void changeTracks(List<Track> tracks) {
        SegmentWriter before = writer;
        close();
        SegmentWriter next = new SegmentWriter(tracks, allocator);
        if (before != null) {
            next.continueFrom(before);
        }
        writer = next;
        boolean hasVideo = tracks.stream().anyMatch(track -> track.kind() == MediaKind.VIDEO);
        cutter = new Cutter(hasVideo ? MediaKind.VIDEO : MediaKind.AUDIO);
        limitCutter();
    }

    /// Takes the next sample. Within a track, decode times rise.
    ///
    /// @param arrivalMs when it came, in milliseconds since 1970
    void write(Track track, Sample sample, long arrivalMs) {
        SegmentWriter current = current();
        long ticks = track.timescale().convert(sample.dts(), Timescale.MPEG);
        boolean deciding = cutter.decides(track.kind());
        SegmentStart segment = open;
        if (segment == null) {
            start(current, ticks, arrivalMs);
        } else if (cutter.cutsBefore(track.kind(), ticks, sample.sync())) {
            current.nextBegins(track, sample.dts());
            long endTicks = cutter.endAt(ticks);
            cut(segment, current, endTicks);
            start(current, endTicks, arrivalMs);
        } else if (deciding && parts.cutsBefore(ticks)) {
            current.nextBegins(track, sample.dts());
            listener.part(parts.cut(segment, current, ticks));
        }
        current.write(track, sample);
        programClock.arrived(ticks, arrivalMs);
        pictures += track.kind() == MediaKind.VIDEO ? 1 : 0;
        if (deciding) {
            parts.decidingSample(sample.sync());
            partTarget.frame(ticks);
        }
    }

    /// Closes the open segment, because another run of time follows, or nothing. The next segment, if there is one, is
    /// behind a discontinuity.
    void interrupt() {
        SegmentStart segment = open;
        if (segment != null) {
            SegmentWriter current = current();
            cut(segment, current, cutter.endAt(current.endTicks()));
        }
        discontinuous = targetDurationSeconds > 0;
    }

    /// Closes the open segment and gives all memory back.
    @Override
    public void close() {
        interrupt();
        parts.close();
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }

    private void start(SegmentWriter current, long ticks, long arrivalMs) {
        current.start();
        cutter.start(ticks);
        parts.startSegment(ticks);
        boolean firstOfGeneration = targetDurationSeconds == 0;
        long programDateTimeMs = programClock.segmentStart(ticks, arrivalMs, discontinuous || firstOfGeneration);
        open = new SegmentStart(current.tracks(), discontinuous, programDateTimeMs);
        discontinuous = false;
        pictures = 0;
    }

    private void cut(SegmentStart segment, SegmentWriter current, long endTicks) {
        open = null;
        long durationTicks = endTicks - cutter.startTicks();
        if (targetDurationSeconds == 0) {
            targetDurationSeconds = TargetDuration.seconds(durationTicks, keyframeInterval);
            partTargetMs = partTarget.ms();
            parts.target(partTargetMs);
            limitCutter();
        }
        Part lastPart = parts.cut(segment, current, endTicks);
        listener.segment(new Segment(
                segment,
                durationTicks,
                pictures,
                targetDurationSeconds,
                partTargetMs,
                lastPart,
                parts.finishSegment(),
                current.finishTransportStream()));
    }

    private void limitCutter() {
        if (targetDurationSeconds > 0) {
            cutter.limit(Timescale.MPEG.ofMillis(1_000L * targetDurationSeconds));
        }
    }

    private SegmentWriter current() {
        if (writer == null) {
            throw new IllegalStateException("begin() comes before the first sample");
        }
        return writer;
    }
}
