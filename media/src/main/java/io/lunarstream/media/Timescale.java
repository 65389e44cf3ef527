package io.lunarstream.media;

/// How many ticks make a second of a track's time.
///
/// Inside the program a time is a `long` count of ticks and the timescale it is counted in; it is converted once, at a
/// boundary. Source: ISO/IEC 14496-12, section 8.4.2 (`timescale`).
///
/// @param ticksPerSecond from 1 to 2^31 - 1
public record Timescale(int ticksPerSecond) {

    /// Milliseconds, as FLV and RTMP count. Source: FLV 10.1, annex E.4.1.
    public static final Timescale MILLISECONDS = new Timescale(1_000);

    /// The clock of MPEG-TS time stamps, and of our video tracks. Source: ISO/IEC 13818-1, section 2.4.3.7.
    public static final Timescale MPEG = new Timescale(90_000);

    public Timescale {
        if (ticksPerSecond < 1) {
            throw new IllegalArgumentException("ticksPerSecond must be positive: " + ticksPerSecond);
        }
    }

    /// The same instant in another timescale, rounded to the nearest tick (halves away from zero).
    ///
    /// Exact for any `ticks` whose product with the other timescale fits 128 bits, that is for all of them.
    public long convert(long ticks, Timescale to) {
        if (ticksPerSecond == to.ticksPerSecond) {
            return ticks;
        }
        long seconds = ticks / ticksPerSecond;
        long rest = ticks % ticksPerSecond;
        long scaledRest = 2 * rest * to.ticksPerSecond;
        long half = rest < 0 ? -ticksPerSecond : ticksPerSecond;
        return seconds * to.ticksPerSecond + (scaledRest + half) / (2L * ticksPerSecond);
    }

    /// A duration in seconds, for text such as `EXTINF`.
    public double toSeconds(long ticks) {
        return (double) ticks / ticksPerSecond;
    }

    /// The ticks that are nearest to a duration in milliseconds.
    public long ofMillis(long ms) {
        return MILLISECONDS.convert(ms, this);
    }
}
