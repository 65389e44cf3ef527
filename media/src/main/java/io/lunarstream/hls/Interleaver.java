package io.lunarstream.hls;

import io.lunarstream.media.TrackKey;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Brings the frames of several tracks into the order of their time stamps, the first track's before those of others
/// with the same one: what is cut before a keyframe of the first track is then cut before the same picture in every
/// encoding.
///
/// A frame is kept until one has come of every track, but no longer than a track may lag behind the others. A track
/// of which nothing comes for long is missing: it has ended, whatever the encoder says.
final class Interleaver implements AutoCloseable {

    /// How far a track may lag behind the others, by the encoder's time or by ours: encoders interleave to the frame,
    /// and to all viewers it is latency.
    private static final long LONGEST_LAG_MS = 500;

    /// Longer than any pause of a track that goes on.
    private static final long LONGEST_SILENCE_MS = 5_000;

    /// Half a second of 128 Mbit/s in all tracks together; with more than that nothing waits.
    private static final int LARGEST_BYTES = 8 * 1_024 * 1_024;

    /// What a frame that waits costs beside its payload.
    private static final int BYTES_PER_FRAME = 256;

    private final ByteBufAllocator allocator;
    private final SortedMap<TrackKey, Queue<Frame>> waiting = new TreeMap<>();
    private final Map<TrackKey, Long> missingSinceMs = new HashMap<>();
    private int bytes;

    Interleaver(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /// From now on there are these tracks. Nothing of those before may wait any more.
    void tracks(Collection<TrackKey> tracks) {
        waiting.clear();
        missingSinceMs.clear();
        tracks.forEach(track -> waiting.put(track, new ArrayDeque<>()));
    }

    /// Keeps a copy of a frame of one of the tracks, and hands out what need not wait any longer.
    void add(Frame frame, Consumer<Frame> sink) {
        Queue<Frame> queue = waiting.get(frame.track());
        if (queue == null) {
            throw new IllegalArgumentException("no such track: " + frame.track());
        }
        queue.add(frame.copy(allocator));
        bytes += cost(frame);
        missingSinceMs.remove(frame.track());
        for (Optional<Frame> next = next(); next.isPresent(); next = next()) {
            if (!allWait()) {
                if (!isOverdue(next.get(), frame)) {
                    return;
                }
                noteMissing(next.get().arrivalMs());
            }
            handOut(next.get(), sink);
        }
    }

    /// Hands out all that waits.
    void flush(Consumer<Frame> sink) {
        for (Optional<Frame> next = next(); next.isPresent(); next = next()) {
            handOut(next.get(), sink);
        }
    }

    /// The tracks that the others have waited for in vain for too long.
    List<TrackKey> missing(long nowMs) {
        List<TrackKey> missing = new ArrayList<>();
        missingSinceMs.forEach((track, sinceMs) -> {
            if (nowMs - sinceMs > LONGEST_SILENCE_MS) {
                missing.add(track);
            }
        });
        return missing;
    }

    @Override
    public void close() {
        flush(_ -> {});
    }

    /// The frame to hand out next: the first of those with the smallest time stamp, as numbers that wrap compare.
    private Optional<Frame> next() {
        Frame next = null;
        for (Queue<Frame> queue : waiting.values()) {
            Frame head = queue.peek();
            if (head != null && (next == null || aheadMs(next, head) < 0)) {
                next = head;
            }
        }
        return Optional.ofNullable(next);
    }

    private boolean allWait() {
        for (Queue<Frame> queue : waiting.values()) {
            if (queue.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private boolean isOverdue(Frame oldest, Frame newest) {
        return aheadMs(oldest, newest) >= LONGEST_LAG_MS
                || newest.arrivalMs() - oldest.arrivalMs() >= LONGEST_LAG_MS
                || bytes >= LARGEST_BYTES;
    }

    private void noteMissing(long sinceMs) {
        waiting.forEach((track, queue) -> {
            if (queue.isEmpty()) {
                missingSinceMs.putIfAbsent(track, sinceMs);
            }
        });
    }

    private void handOut(Frame frame, Consumer<Frame> sink) {
        Frame head = Objects.requireNonNull(waiting.get(frame.track())).remove();
        bytes -= cost(head);
        try {
            sink.accept(head);
        } finally {
            head.data().release();
        }
    }

    private static int aheadMs(Frame one, Frame other) {
        return (int) (other.timestampMs() - one.timestampMs());
    }

    private static int cost(Frame frame) {
        return BYTES_PER_FRAME + frame.data().readableBytes();
    }
}
