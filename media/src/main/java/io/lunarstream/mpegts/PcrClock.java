package io.lunarstream.mpegts;

import io.netty.buffer.ByteBuf;

/// Sees to it that the clock reference comes often enough, and never goes back within a segment.
///
/// Each picture carries its time as PCR. Where pictures are far apart, packets with nothing but a PCR fill the gap.
/// Source: ISO/IEC 13818-1, sections 2.4.2.2 and 2.7.2.
final class PcrClock {
    /// No clock reference.
    static final long NONE = -1;

    /// 100 ms: the longest allowed interval.
    static final long MAX_INTERVAL_TICKS = 9_000;

    /// 5 s: a longer silence is a jump of time, and is not filled.
    private static final long MAX_FILLED_TICKS = 450_000;

    private final TsPacketWriter carrier;
    private long last = NONE;

    /// @param carrier of the PID that the PMT names for the PCR
    PcrClock(TsPacketWriter carrier) {
        this.carrier = carrier;
    }

    /// Forgets the last PCR: a segment stands for itself.
    void restart() {
        last = NONE;
    }

    /// Fills the time up to a unit that is about to be written, and says which PCR that unit has to carry.
    long next(TsPacketWriter unitWriter, long clock, ByteBuf out) {
        fillGap(clock, out);
        if (last != NONE && clock <= last) {
            return NONE;
        }
        if (unitWriter == carrier) {
            last = clock;
            return clock;
        }
        if (last == NONE) {
            last = clock;
            carrier.putPcrOnly(out, clock);
        }
        return NONE;
    }

    private void fillGap(long clock, ByteBuf out) {
        if (last == NONE || clock - last > MAX_FILLED_TICKS) {
            return;
        }
        while (clock - last > MAX_INTERVAL_TICKS) {
            last += MAX_INTERVAL_TICKS;
            carrier.putPcrOnly(out, last);
        }
    }
}
