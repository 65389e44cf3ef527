package io.lunarstream.hls;

import io.lunarstream.media.Timescale;
import java.util.ArrayList;
import java.util.List;

/// Bit rates of a generation in one form, for `BANDWIDTH` and `AVERAGE-BANDWIDTH`.
///
/// The peak is the largest rate of any segments in a row that last between 0.5 and 1.5 target durations together.
/// Less media than half a target duration says nothing about a rate yet: as long as there is no more of it, it counts
/// as if it lasted that long. Source: RFC 8216, sections 4.3.4.2 and 4.1.
///
/// @param peak so far, in bits per second
/// @param all all segments so far
/// @param newest the newest segments, newest first: those that a set within 1.5 target durations can begin with
public record Bandwidth(long peak, Size all, List<Size> newest) {

    /// Announced above the peak so far by this much, because the next segments are not known yet.
    private static final double HEADROOM = 1.25;

    /// How much media there is.
    ///
    /// @param ticks in ticks of [Timescale#MPEG]
    public record Size(long bytes, long ticks) {
        Size plus(Size other) {
            return new Size(bytes + other.bytes, ticks + other.ticks);
        }

        private long bitsPerSecond(long shortestTicks) {
            long counted = Math.max(ticks, shortestTicks);
            return counted == 0 ? 0 : Math.round(bytes * 8 / Timescale.MPEG.toSeconds(counted));
        }
    }

    private static final Size NOTHING = new Size(0, 0);

    /// Of no segment yet.
    public static final Bandwidth NONE = new Bandwidth(0, NOTHING);

    public Bandwidth {
        newest = List.copyOf(newest);
    }

    /// As an earlier run of the server has left it.
    public Bandwidth(long peak, Size all) {
        this(peak, all, List.of());
    }

    /// With one more segment.
    Bandwidth plus(long segmentBytes, long durationTicks, int targetDurationSeconds) {
        long targetTicks = Timescale.MPEG.ofMillis(1_000L * targetDurationSeconds);
        long shortestTicks = targetTicks / 2;
        long longestTicks = targetTicks + targetTicks / 2;
        List<Size> latest = new ArrayList<>(newest);
        latest.addFirst(new Size(segmentBytes, durationTicks));
        Size newAll = all.plus(latest.getFirst());
        long newPeak = peak;
        Size set = NOTHING;
        int inReach = 0;
        for (Size size : latest) {
            set = set.plus(size);
            if (set.ticks > longestTicks) {
                break;
            }
            inReach++;
            if (set.ticks >= shortestTicks || set.equals(newAll)) {
                newPeak = Math.max(newPeak, set.bitsPerSecond(shortestTicks));
            }
        }
        return new Bandwidth(newPeak, newAll, latest.subList(0, Math.max(1, inReach)));
    }

    /// Bits per second to announce; never falls.
    long announced() {
        return Math.round(peak * HEADROOM);
    }

    /// Bits per second of all segments so far; what is too short for a rate of its own has at most the peak's.
    long average() {
        return Math.min(peak, all.bitsPerSecond(0));
    }
}
