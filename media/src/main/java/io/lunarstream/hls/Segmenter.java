package io.lunarstream.hls;

import io.lunarstream.media.MediaKind;
import io.lunarstream.media.Sample;
import io.lunarstream.media.Timescale;
import io.lunarstream.media.Track;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes segments of samples: cuts where the [Cutter] says, for both forms at once. Audio belongs to the segment during
/// which it arrived.
final class Segmenter implements AutoCloseable {
    private final ByteBufAllocator allocator;
    private final Optional<Duration> keyframeInterval;
    private final Consumer<Segment> sink;
    private final ProgramClock programClock = new ProgramClock();

    private @Nullable SegmentWriter writer;
    private Cutter cutter = new Cutter(MediaKind.VIDEO);
    private int targetDurationSeconds;
    private boolean discontinuous;

    private boolean open;
    private boolean openedDiscontinuous;
    private long programDateTimeMs;
    private int pictures;

    /// @param allocator where the segments' memory comes from
    /// @param keyframeInterval what an earlier broadcast taught, for the target duration
    /// @param sink takes each whole segment, and owns it
    Segmenter(ByteBufAllocator allocator, Optional<Duration> keyframeInterval, Consumer<Segment> sink) {
        this.allocator = allocator;
        this.keyframeInterval = keyframeInterval;
        this.sink = sink;
    }

    /// Begins a generation: its first segment decides the target duration and has no discontinuity.
    void begin(List<Track> tracks) {
        changeTracks(tracks);
        cutter.limit(TargetDuration.LONGEST_FIRST_SEGMENT_TICKS);
        targetDurationSeconds = 0;
        discontinuous = false;
    }

    /// Goes on in the same generation with other codec configurations.
    void changeTracks(List<Track> tracks) {
        close();
        writer = new SegmentWriter(tracks, allocator);
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
        if (open && cutter.cutsBefore(track.kind(), ticks, sample.sync())) {
            current.nextBegins(track, sample.dts());
            long endTicks = cutter.endAt(ticks);
            cut(current, endTicks);
            start(current, endTicks, arrivalMs);
        } else if (!open) {
            start(current, ticks, arrivalMs);
        }
        current.write(track, sample);
        programClock.arrived(ticks, arrivalMs);
        pictures += track.kind() == MediaKind.VIDEO ? 1 : 0;
    }

    /// Closes the open segment, because another run of time follows, or nothing. The next segment, if there is one, is
    /// behind a discontinuity.
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
        current.start();
        cutter.start(ticks);
        boolean firstOfGeneration = targetDurationSeconds == 0;
        programDateTimeMs = programClock.segmentStart(ticks, arrivalMs, discontinuous || firstOfGeneration);
        openedDiscontinuous = discontinuous;
        discontinuous = false;
        pictures = 0;
        open = true;
    }

    private void cut(SegmentWriter current, long endTicks) {
        open = false;
        long durationTicks = endTicks - cutter.startTicks();
        if (targetDurationSeconds == 0) {
            targetDurationSeconds = TargetDuration.seconds(durationTicks, keyframeInterval);
            limitCutter();
        }
        sink.accept(new Segment(
                current.tracks(),
                openedDiscontinuous,
                durationTicks,
                programDateTimeMs,
                pictures,
                targetDurationSeconds,
                current.finishFragment(),
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
