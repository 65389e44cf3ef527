package io.lunarstream.bench.playlist;

import static io.lunarstream.bench.playlist.Rule.require;

import java.time.Duration;

/// By when a live media playlist must have one more segment: one and a half target durations after the one before.
///
/// Source: RFC 8216, section 6.2.2. The clock stands still while the encoder is away, and while this machine is too
/// busy to look.
public final class UpdateDeadline {
    /// What an encoder on a busy machine may be late: it sends a segment of 2 s in that time, even at a third of its
    /// speed.
    private static final Duration SLACK = Duration.ofSeconds(4);

    /// Who looks every 250 ms and comes this late has been kept from running, and so have others.
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private long nextMediaSequence = -1;
    private long looksNs;
    private long waitedNs;

    /// Takes a look, and fails if a segment is overdue.
    ///
    /// @param encoderIsThere whether one is sending to this stream
    /// @param nowNs of a clock that does not jump
    public void look(MediaPlaylistText playlist, boolean encoderIsThere, long nowNs) {
        long sinceLookNs = Math.min(nowNs - looksNs, LONGEST_LOOK.toNanos());
        looksNs = nowNs;
        if (playlist.nextMediaSequence() > nextMediaSequence || playlist.ended() || !encoderIsThere) {
            nextMediaSequence = playlist.nextMediaSequence();
            waitedNs = 0;
            return;
        }
        waitedNs += sinceLookNs;
        Duration longest =
                Duration.ofMillis(1_500L * playlist.targetDurationSeconds()).plus(SLACK);
        require(
                waitedNs <= longest.toNanos(),
                "a new segment MUST be there within 1.5 target durations (6.2.2): segment " + nextMediaSequence
                        + " did not come in " + waitedNs / 1_000_000 + " ms");
    }
}
