package io.lunarstream.hls;

import io.lunarstream.media.Timescale;
import java.util.ArrayDeque;
import java.util.Deque;

/// Bit rates of a generation in one form, for `BANDWIDTH` and `AVERAGE-BANDWIDTH`.
///
/// The peak is the largest rate of any segments in a row that last between 0.5 and 1.5 target durations together.
/// Less media than half a target duration says nothing about a rate yet: as long as there is no more of it, it counts
/// as if it lasted that long. Source: RFC 8216, sections 4.3.4.2 and 4.1.
final class Bandwidth {

    /// Announced above the peak so far by this much, because the next segments are not known yet.
    private static final double HEADROOM = 1.25;

    private record Size(long bytes, long ticks) {
        Size plus(Size other) {
            return new Size(bytes + other.bytes, ticks + other.ticks);
        }

        long bitsPerSecond(long shortestTicks) {
            return Math.round(bytes * 8 / Timescale.MPEG.toSeconds(Math.max(ticks, shortestTicks)));
        }
    }

    private static final Size NOTHING = new Size(0, 0);

    /// The newest segments, newest first: those that a set within 1.5 target durations can begin with.
    private final Deque<Size> newest = new ArrayDeque<>();

    private Size all = NOTHING;
    private long shortestTicks = 1;
    private long peak;

    /// Takes a segment into account.
    void add(long segmentBytes, long durationTicks, int targetDurationSeconds) {
        long targetTicks = Timescale.MPEG.ofMillis(1_000L * targetDurationSeconds);
        shortestTicks = Math.max(1, targetTicks / 2);
        long longestTicks = targetTicks + targetTicks / 2;
        Size segment = new Size(segmentBytes, durationTicks);
        all = all.plus(segment);
        newest.addFirst(segment);
        Size set = NOTHING;
        int inReach = 0;
        for (Size size : newest) {
            set = set.plus(size);
            if (set.ticks > longestTicks) {
                break;
            }
            inReach++;
            if (set.ticks >= shortestTicks || set.equals(all)) {
                peak = Math.max(peak, set.bitsPerSecond(shortestTicks));
            }
        }
        while (newest.size() > Math.max(1, inReach)) {
            newest.removeLast();
        }
    }

    /// Bits per second to announce; never falls.
    long announced() {
        return Math.round(peak * HEADROOM);
    }

    /// Bits per second of all segments so far.
    long average() {
        return all.bitsPerSecond(shortestTicks);
    }
}
