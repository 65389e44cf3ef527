package io.lunarstream.hls;

/// Decides where segments are cut.
///
/// A cut is made before the first random access point that is at least 2 s, less one frame, after the last cut; if
/// none comes in time, before the sample that would make the segment longer than allowed. The default video track
/// decides; without one, the default audio track. While no video comes, audio is cut when there is as much of it as a
/// segment may have; how far ahead of the video it is does not matter. A cut that was made for another reason leaves
/// the next one where it would have been. All times are in ticks of [io.lunarstream.media.Timescale#MPEG].
final class Cutter {
    private static final long NONE = Long.MIN_VALUE;

    private long longestTicks = TargetDuration.LONGEST_FIRST_SEGMENT_TICKS;
    private long startTicks;
    private long countedFromTicks;
    private long lastTicks;
    private long frameTicks;
    private long otherStartTicks = NONE;

    /// No segment from now on is longer than this.
    void limit(long ticks) {
        longestTicks = ticks;
    }

    /// A segment begins.
    void start(long ticks) {
        startTicks = ticks;
        countedFromTicks = ticks;
        lastTicks = ticks;
        otherStartTicks = NONE;
    }

    /// The 2 s until a random access point is waited for have begun here, before the segment did.
    void countFrom(long ticks) {
        countedFromTicks = ticks;
    }

    long startTicks() {
        return startTicks;
    }

    /// Whether the open segment ends before this sample.
    ///
    /// @param deciding whether it is of the track that decides
    /// @param ticks decode time of the sample
    /// @param sync whether a decoder can start at it
    boolean cutsBefore(boolean deciding, long ticks, boolean sync) {
        long elapsed = ticks - startTicks;
        if (!deciding) {
            otherStartTicks = otherStartTicks == NONE ? ticks : otherStartTicks;
            return elapsed >= longestTicks && ticks - otherStartTicks >= longestTicks;
        }
        frameTicks = ticks - lastTicks;
        lastTicks = ticks;
        if (elapsed <= 0) {
            // Late, after the other track alone has made the segments before.
            return false;
        }
        boolean longEnough = ticks - countedFromTicks >= TargetDuration.SHORTEST_SEGMENT_TICKS - frameTicks;
        return (sync && longEnough) || elapsed + frameTicks > longestTicks;
    }

    /// Where the open segment ends if it is cut before this sample: there, unless the sample came so late that the
    /// segment would be too long.
    long endAt(long ticks) {
        return Math.min(ticks, startTicks + longestTicks);
    }
}
