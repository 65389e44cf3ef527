package io.lunarstream.media.time;

/// The run of one track's time stamps: the last one, and how far it is from there to the broadcast's time.
///
/// A time stamp that does not fit is odd, and odd ones are not believed: the next one says whether it was one bad
/// time stamp among good ones, or whether time has jumped. All times are in milliseconds.
final class StampRun {

    /// A time stamp this far behind the last one does not fit: more than encoders are late.
    private static final long BACKWARD_MS = 500;

    /// So much later than an odd time stamp the next one still confirms it: pictures may come seldom.
    private static final long CONFIRMED_MS = 3_000;

    /// A run that goes on within this much of the other track's offset has the same clock: it takes that offset, so
    /// that audio and video are as far apart as the encoder says.
    private static final long SAME_CLOCK_MS = 500;

    private static final long NONE = Long.MIN_VALUE;

    private long lastMs = NONE;
    private long oddMs = NONE;
    private long offsetMs;
    private long aheadMs;

    /// Forgets all time stamps: the next one begins another run.
    void restart() {
        lastMs = NONE;
        oddMs = NONE;
        aheadMs = 0;
    }

    boolean hasBegun() {
        return lastMs != NONE;
    }

    /// The time stamp before.
    long lastMs() {
        return lastMs;
    }

    /// What makes the encoder's time the broadcast's.
    long offsetMs() {
        return offsetMs;
    }

    /// Where the last time stamp is in the broadcast's time.
    long positionMs() {
        return lastMs + offsetMs;
    }

    /// The time whose low 32 bits are those on the wire and that is nearest to the one before.
    long unwrap(long timestampMs) {
        return lastMs + (int) (timestampMs - lastMs);
    }

    /// The run begins with this time stamp, at this time of the broadcast.
    void begin(long stampMs, long positionMs) {
        lastMs = stampMs;
        offsetMs = positionMs - stampMs;
    }

    /// Whether a time stamp belongs to the run: not too far behind its last one, nor ahead of where the media are.
    ///
    /// @param forwardMs how far ahead is not too far
    boolean fits(long stampMs, long forwardMs, StampRun other) {
        long reachMs = other.hasBegun() ? Math.max(lastMs, other.positionMs() + aheadMs - offsetMs) : lastMs;
        return stampMs >= lastMs - BACKWARD_MS && stampMs <= reachMs + forwardMs;
    }

    /// Whether a time stamp that does not fit goes on from the odd one before: time has jumped.
    boolean confirms(long stampMs) {
        return oddMs != NONE && stampMs >= oddMs - BACKWARD_MS && stampMs <= oddMs + CONFIRMED_MS;
    }

    /// Whether the odd time stamp, once it is confirmed, is no jump but the end of a gap.
    ///
    /// @param longestMs how long a gap may be
    boolean oddEndsGap(long longestMs) {
        return oddMs > lastMs && oddMs - lastMs <= longestMs;
    }

    /// Notes a time stamp that does not fit.
    void odd(long stampMs) {
        oddMs = stampMs;
    }

    /// Notes a time stamp that is believed.
    ///
    /// @return how long it is after the one before, which may have been an odd one that it confirms
    long take(long stampMs, StampRun other) {
        long beforeMs = confirms(stampMs) ? oddMs : lastMs;
        lastMs = stampMs;
        oddMs = NONE;
        aheadMs = other.hasBegun() ? Math.max(0, positionMs() - other.positionMs()) : 0;
        return stampMs - beforeMs;
    }

    /// Time has jumped: from now on this time stamp stands for this time of the broadcast, or nearly so if the other
    /// track has jumped as far.
    void jump(long stampMs, long positionMs, StampRun other) {
        boolean sameClock = other.hasBegun() && Math.abs(stampMs + other.offsetMs - positionMs) <= SAME_CLOCK_MS;
        offsetMs = sameClock ? other.offsetMs : positionMs - stampMs;
    }
}
