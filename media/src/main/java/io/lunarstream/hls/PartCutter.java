package io.lunarstream.hls;

import io.lunarstream.media.Timescale;

/// Decides where parts are cut: as late as the part target allows, and never before 85 % of it.
///
/// Only samples of the track that also decides about segments are asked about, so that no picture's duration is torn
/// in two. All times are in ticks of [Timescale#MPEG]. Source: draft-pantos-hls-rfc8216bis, section 4.4.4.9.
final class PartCutter {

    /// Every part but a segment's last has 85 % of the target at least; one more, so that no rounding matters.
    private static final long SHORTEST_PERCENT = 86;

    /// What two time stamps that are rounded to milliseconds can be off.
    private static final long ROUNDING_TICKS = Timescale.MPEG.ofMillis(2);

    private long targetTicks;
    private long startTicks;
    private long lastTicks;

    /// No part that begins from now on is longer than this.
    void target(int ms) {
        targetTicks = Timescale.MPEG.ofMillis(ms);
    }

    /// A part begins.
    void start(long ticks) {
        startTicks = ticks;
        lastTicks = ticks;
    }

    /// Whether the open part ends before this sample: with it, the part would be too long.
    boolean cutsBefore(long ticks) {
        long spacing = ticks - lastTicks;
        lastTicks = ticks;
        long elapsed = ticks - startTicks;
        boolean longEnough = 100 * elapsed >= SHORTEST_PERCENT * targetTicks;
        return elapsed >= targetTicks || (longEnough && elapsed + spacing > targetTicks + ROUNDING_TICKS);
    }

    /// Ends the open part and begins the next.
    ///
    /// After a pause in which nothing came the part is no longer than allowed, and the next begins after the pause.
    ///
    /// @return how long the part was
    long cut(long ticks) {
        long endTicks = Math.min(ticks, startTicks + targetTicks);
        long durationTicks = endTicks - startTicks;
        startTicks = ticks - endTicks < targetTicks ? endTicks : ticks;
        lastTicks = ticks;
        return durationTicks;
    }
}
