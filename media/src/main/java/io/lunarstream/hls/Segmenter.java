package io.lunarstream.hls;

import io.lunarstream.media.Sample;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes segments of samples, and parts of segments: cuts where [Cutter] and [PartCutter] say. All renditions and
/// both forms have the same segments. Audio belongs to the part during which it arrived.
///
/// The first track decides: the default video track or, without video, the default audio track.
///
/// ```
/// keyframe                                keyframe            keyframe
///    |  first segment                        |                   |         nothing is known: a generation can be
///    |                                       |  second segment   |         played once its first segment is whole
///    |-------|  second segment               |  third segment    |         the keyframe interval is remembered:
///      part                                                                once its first part is
/// ```
final class Segmenter implements AutoCloseable {
    private final ByteBufAllocator allocator;
    private final Optional<Duration> keyframeInterval;
    private final PackagerListener listener;
    private final ProgramClock programClock = new ProgramClock();
    private final PartCutter partCutter = new PartCutter();

    private List<Track> tracks = List.of();
    private @Nullable SegmentWriter writer;
    private Cutter cutter = new Cutter();
    private PartTarget partTarget = new PartTarget();
    private int targetDurationSeconds;
    private int partTargetMs;
    private boolean discontinuous;
    private boolean open;

    /// @param allocator where the segments' memory comes from
    /// @param keyframeInterval what an earlier broadcast taught, for the target duration
    /// @param listener takes each whole part and each whole segment, and owns it
    Segmenter(ByteBufAllocator allocator, Optional<Duration> keyframeInterval, PackagerListener listener) {
        this.allocator = allocator;
        this.keyframeInterval = keyframeInterval;
        this.listener = listener;
    }

    /// Begins a generation: its first segment decides both targets and has no discontinuity.
    void begin(List<Track> newTracks) {
        changeTracks(newTracks);
        cutter.limit(TargetDuration.LONGEST_FIRST_SEGMENT_TICKS);
        partCutter.target(PartTarget.UNKNOWN_MS);
        partTarget = new PartTarget();
        targetDurationSeconds = 0;
        discontinuous = false;
    }

    /// Goes on with a generation that an earlier run of the server has begun: its targets stay as they are, and what
    /// comes is behind a discontinuity.
    void resume(Resumption generation) {
        targetDurationSeconds = generation.targetDurationSeconds();
        partTargetMs = generation.partTargetMs();
        partCutter.target(partTargetMs);
        programClock.startNotBefore(generation.endMs());
    }

    /// Goes on in the same generation with other codec configurations.
    void changeTracks(List<Track> newTracks) {
        SegmentWriter before = writer;
        close();
        tracks = List.copyOf(newTracks);
        SegmentWriter next = new SegmentWriter(tracks, allocator);
        if (before != null) {
            next.continueFrom(before);
        }
        writer = next;
        cutter = new Cutter();
        limitCutter();
    }

    /// Takes the next sample. Within a track, decode times rise.
    ///
    /// @param arrivalMs when it came, in milliseconds since 1970
    void write(Track track, Sample sample, long arrivalMs) {
        SegmentWriter current = current();
        long ticks = track.timescale().convert(sample.dts(), Timescale.MPEG);
        boolean deciding = track.equals(tracks.getFirst());
        if (deciding) {
            partTarget.frame(ticks);
        }
        if (!open) {
            start(current, ticks, arrivalMs);
        } else if (cutter.cutsBefore(deciding, ticks, sample.sync())) {
            current.nextBegins(track, sample.dts());
            long endTicks = cutter.endAt(ticks);
            cut(current, endTicks);
            start(current, endTicks, arrivalMs);
        } else if (deciding && partCutter.cutsBefore(ticks)) {
            current.nextBegins(track, sample.dts());
            if (foresees(current)) {
                cutAfterFirstPart(current, ticks, arrivalMs);
            } else {
                current.cutParts(partCutter.cut(ticks), listener::part);
            }
        }
        current.write(track, sample);
        programClock.arrived(ticks, arrivalMs);
    }

    /// Closes the open segment, because another run of time follows, or nothing. The next segment, if there is one,
    /// is behind a discontinuity.
    void interrupt() {
        if (open) {
            SegmentWriter current = current();
            cut(current, cutter.endAt(current.endTicks()));
        }
        discontinuous = targetDurationSeconds > 0;
    }

    /// Closes the open segment and gives all memory back.
    @Override
    public void close() {
        interrupt();
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }

    private void start(SegmentWriter current, long ticks, long arrivalMs) {
        cutter.start(ticks);
        partCutter.start(ticks);
        boolean firstOfGeneration = targetDurationSeconds == 0;
        long programDateTimeMs = programClock.segmentStart(ticks, arrivalMs, discontinuous || firstOfGeneration);
        current.start(discontinuous, programDateTimeMs);
        open = true;
        discontinuous = false;
    }

    private void cut(SegmentWriter current, long endTicks) {
        open = false;
        long durationTicks = endTicks - cutter.startTicks();
        if (targetDurationSeconds == 0) {
            setTargets(durationTicks);
        }
        long lastPartTicks = partCutter.cut(endTicks);
        current.cutSegments(
                new SegmentLength(durationTicks, lastPartTicks, targetDurationSeconds, partTargetMs),
                listener::segment);
    }

    /// Whether both targets of a generation can be known before its first segment would be whole. A first segment
    /// without one of its tracks would mislead players.
    private boolean foresees(SegmentWriter current) {
        return targetDurationSeconds == 0
                && keyframeInterval.isPresent()
                && partTarget.steadyMs().isPresent()
                && current.hasAllTracks();
    }

    /// Cuts the first segment where its first part ends. The next one ends where both together would have ended.
    private void cutAfterFirstPart(SegmentWriter current, long ticks, long arrivalMs) {
        setTargets(TargetDuration.expectedSegmentTicks(keyframeInterval.orElseThrow()));
        long beginTicks = cutter.startTicks();
        long endTicks = cutter.endAt(ticks);
        cut(current, endTicks);
        start(current, endTicks, arrivalMs);
        cutter.countFrom(beginTicks);
    }

    private void setTargets(long firstSegmentTicks) {
        targetDurationSeconds = TargetDuration.seconds(firstSegmentTicks, keyframeInterval);
        partTargetMs = partTarget.ms();
        partCutter.target(partTargetMs);
        limitCutter();
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
