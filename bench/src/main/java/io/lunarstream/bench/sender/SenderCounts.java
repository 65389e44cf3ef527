package io.lunarstream.bench.sender;

import java.util.ArrayList;
import java.util.List;

/// What has become of the connections. Belongs to the one event loop of all senders.
final class SenderCounts {
    private int publishing;
    private int refused;
    private int lost;
    private final List<Long> admissionsMs = new ArrayList<>();
    private long latestMs;
    private long beganAtMs;

    /// A connection was let in, and begins to send.
    ///
    /// @param ms since it was made
    /// @param nowMs in milliseconds since 1970
    void accepted(long ms, long nowMs) {
        publishing++;
        beganAtMs = nowMs;
        admissionsMs.add(ms);
    }

    void refused() {
        refused++;
    }

    void lost(boolean wasPublishing) {
        lost++;
        publishing -= wasPublishing ? 1 : 0;
    }

    /// Bytes were sent later than they were due, because the server or this machine was slow.
    void late(long ms) {
        latestMs = Math.max(latestMs, ms);
    }

    /// Whether every connection that was made still publishes.
    boolean allWell() {
        return refused == 0 && lost == 0;
    }

    /// One line; forgets how late bytes were.
    String report() {
        String line = publishing + " publish, " + refused + " refused, " + lost + " lost, " + latestMs
                + " ms late, admitted in " + medianAdmissionMs() + " ms, the last began at " + beganAtMs;
        latestMs = 0;
        return line;
    }

    /// 0 before the first.
    private long medianAdmissionMs() {
        List<Long> sorted = admissionsMs.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }
}
