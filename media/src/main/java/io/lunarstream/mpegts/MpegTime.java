package io.lunarstream.mpegts;

import io.lunarstream.media.Timescale;

/// From a track's time to the time stamps of a transport stream: 90 kHz, 33 bits that wrap after 26.5 h.
///
/// Time stamps run [#DELAY_TICKS] ahead of the clock reference, which is the time itself. Thus a picture has this
/// time to arrive in, audio may be gathered, and a PTS before the very first DTS is no negative number.
final class MpegTime {
    /// Half a second. A decoder's buffer must take it, which is asked to hold one second. Source: ISO/IEC 13818-1,
    /// section 2.4.2.7.
    static final long DELAY_TICKS = 45_000;

    /// The bits of a time stamp.
    static final long MASK = (1L << 33) - 1;

    private MpegTime() {}

    /// Ticks of 90 kHz in 64 bits, as the clock reference counts them.
    static long clock(long ticks, Timescale timescale) {
        return timescale.convert(ticks, Timescale.MPEG);
    }

    /// The PTS or DTS that belongs to a time of the clock.
    static long stamp(long clock) {
        return (clock + DELAY_TICKS) & MASK;
    }
}
