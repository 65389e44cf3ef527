package io.lunarstream.hls;

import io.lunarstream.media.Timescale;
import java.util.Arrays;
import java.util.OptionalInt;

/// How long parts are: `PART-TARGET`, from how the frames that a generation begins with are spaced.
///
/// It is the smallest multiple of the frame duration that is at least 333 ms, rounded up to the millisecond, so that
/// parts of a steady encoder are all equally long. Source: draft-pantos-hls-rfc8216bis, section 4.4.3.7.
final class PartTarget {

    /// What parts are cut by before the frame duration is known, and the smallest target, so that they fit it. Right
    /// for most frame rates, and not far enough from the others for the bounds to be broken: 10 frames at 30 per
    /// second, 8 at 24, 20 at 60.
    static final int UNKNOWN_MS = 334;

    /// For frames that come irregularly or seldom: long enough that the bounds of parts can be kept all the same.
    static final int UNSTEADY_MS = 1_000;

    /// A third of a second: short enough for a latency of two seconds, long enough that requests stay few.
    private static final long SHORTEST_MS = 333;

    /// Frames longer than this come seldom: one more or less of them is too much for a part of a third of a second.
    private static final long LONGEST_FRAME_TICKS = Timescale.MPEG.ofMillis(100);

    /// What two time stamps that are rounded to milliseconds can be off.
    private static final long ROUNDING_TICKS = Timescale.MPEG.ofMillis(2);

    /// Less than this tells nothing; a first part is longer.
    private static final long SHORTEST_LOOK_TICKS = Timescale.MPEG.ofMillis(250);

    /// 2 s at 250 frames per second; what comes after is not looked at.
    private static final int MOST_FRAMES = 500;

    /// One frame in so many may be late, lost or early.
    private static final int ODD_ONE_IN = 10;

    private static final int TICKS_PER_MS = Timescale.MPEG.ticksPerSecond() / 1_000;

    private final long[] spacings = new long[MOST_FRAMES];
    private int count;
    private long lastTicks = Long.MIN_VALUE;

    /// Notes a frame of the track that decides about cuts.
    ///
    /// @param ticks its decode time in ticks of [Timescale#MPEG]
    void frame(long ticks) {
        if (lastTicks != Long.MIN_VALUE && count < MOST_FRAMES) {
            spacings[count++] = ticks - lastTicks;
        }
        lastTicks = ticks;
    }

    /// The bound for the frames so far, in milliseconds.
    int ms() {
        return steadyMs().orElse(UNSTEADY_MS);
    }

    /// The bound in milliseconds, if the frames so far are many enough and come regularly.
    OptionalInt steadyMs() {
        if (Arrays.stream(spacings, 0, count).sum() < SHORTEST_LOOK_TICKS) {
            return OptionalInt.empty();
        }
        Arrays.sort(spacings, 0, count);
        long median = spacings[count / 2];
        long tolerance = Math.max(ROUNDING_TICKS, median / 4);
        long steadyTicks = 0;
        int steady = 0;
        for (int i = 0; i < count; i++) {
            if (Math.abs(spacings[i] - median) <= tolerance) {
                steadyTicks += spacings[i];
                steady++;
            }
        }
        boolean unsteady = (count - steady) * ODD_ONE_IN > count || median > LONGEST_FRAME_TICKS;
        return unsteady ? OptionalInt.empty() : OptionalInt.of(Math.max(UNKNOWN_MS, multiple(steadyTicks, steady)));
    }

    /// The sum of all spacings is off by a millisecond at most, which may not make a part one frame longer.
    private static int multiple(long ticks, int frames) {
        long frameCount = Math.ceilDiv(SHORTEST_MS * TICKS_PER_MS * frames, ticks + TICKS_PER_MS);
        return (int) Math.ceilDiv(frameCount * ticks, (long) frames * TICKS_PER_MS);
    }
}
