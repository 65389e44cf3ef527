package io.lunarstream.bench;

import io.lunarstream.bench.host.Usage;
import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.Contender;
import io.lunarstream.bench.peer.RunningServer;
import io.lunarstream.bench.report.Numbers;
import java.nio.file.Path;
import java.time.Duration;

/// One server with so many publishers, from its start to its end.
///
/// @param ramp over which publishers connect
/// @param settled how long they publish before: what is compiled and cached on the way is no cost of theirs
/// @param measured how long is measured
record IngestRun(Path clip, Duration ramp, Duration settled, Duration measured) {
    private static final double MIB = 1 << 20;

    /// Beyond what is measured, so that nobody leaves before.
    private static final Duration REST = Duration.ofSeconds(3);

    /// What was measured.
    ///
    /// @param admissionMs the median of the times from a connection to its admission, in milliseconds
    record Measured(double cpuSecondsPerPublisherMinute, double residentMib, double admissionMs) {}

    /// Measures.
    Measured of(Workspace workspace, Contender contender, int count) throws InterruptedException {
        RunningServer server = contender.start(workspace);
        Duration length = ramp.plus(settled).plus(measured).plus(REST);
        Publishers publishers = Publishers.start(workspace, clip, server.livestreams(count), ramp, length);
        Thread.sleep(ramp.plus(settled));
        Usage before = server.processes().usage();
        long startNs = System.nanoTime();
        Thread.sleep(measured);
        Usage after = server.processes().usage();
        double minutes = (System.nanoTime() - startNs) / 60e9;
        long admissionMs = publishers.awaitEnd();
        double cpuSeconds = (after.cpuSeconds() - before.cpuSeconds()) / minutes / count;
        double mib = after.residentBytes() / MIB;
        Bench.say("%s, %d publishers: %s CPU s per publisher-minute, %s MiB, admitted in %d ms"
                .formatted(contender.name(), count, Numbers.text(cpuSeconds), Numbers.text(mib), admissionMs));
        return new Measured(cpuSeconds, mib, admissionMs);
    }
}
