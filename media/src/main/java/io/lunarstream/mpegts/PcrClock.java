package io.lunarstream.mpegts;

import io.netty.buffer.ByteBuf;

/// Sees to it that the clock reference comes often enough, and never goes back within a segment.
///
/// Each picture carries its time as PCR. Where pictures are far apart, packets with nothing but a PCR fill the gap, as
/// far as the other streams have come; if they run ahead of the pictures, less by as much as they do. Otherwise the
/// clock would pass the time of pictures that are still to come.
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
    private long othersClock = NONE;
    private long aheadTicks;

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
        return unitWriter == carrier ? nextOfCarrier(clock, out) : nextOfOther(clock, out);
    }

    private long nextOfCarrier(long clock, ByteBuf out) {
        aheadTicks = Math.max(0, othersClock - clock);
        fillGap(clock, out);
        if (last != NONE && clock <= last) {
            return NONE;
        }
        last = clock;
        return clock;
    }

    private long nextOfOther(long clock, ByteBuf out) {
        if (othersClock == NONE && last != NONE) {
            aheadTicks = Math.max(0, clock - last);
        }
        othersClock = clock;
        long held = clock - aheadTicks;
        fillGap(held, out);
        if (last == NONE) {
            last = held;
            carrier.putPcrOnly(out, held);
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
