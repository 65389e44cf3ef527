package io.lunarstream.bench.fault;

import io.lunarstream.bench.fault.Stage.Witnessed;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Connections that come in masses and never speak, to the ports of encoders and viewers.
final class Storm implements Fault {
    private static final Duration LENGTH = Duration.ofSeconds(30);
    private static final int A_SECOND = 2_000;
    private static final int ROUNDS_A_SECOND = 50;

    /// Of each port; older ones are let go, because this program has files to lose, too.
    private static final int HELD = 6_000;

    /// One line for each connection would be 30 000.
    private static final int MOST_LINES = 1_000;

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public Finding run(Lab lab) throws InterruptedException {
        try (Stage stage = lab.stage(2)) {
            TestedServer server = stage.server();
            TestedServer.Log log = server.log();
            double cpuBefore = server.usage().cpuSeconds();
            long memoryBefore = server.usage().residentBytes();
            int made = 0;
            int mostFiles = 0;
            int closed;
            try (Sockets http = new Sockets(server.ports().http());
                    Sockets rtmp = new Sockets(server.ports().rtmp())) {
                long startNs = System.nanoTime();
                for (int round = 0; round < LENGTH.toSeconds() * ROUNDS_A_SECOND; round++) {
                    for (int i = 0; i < A_SECOND / ROUNDS_A_SECOND / 2; i++) {
                        made += http.open(new byte[0]) ? 1 : 0;
                        made += rtmp.open(new byte[0]) ? 1 : 0;
                    }
                    http.keep(HELD);
                    rtmp.keep(HELD);
                    mostFiles = round % ROUNDS_A_SECOND == 0 ? Math.max(mostFiles, server.openFiles()) : mostFiles;
                    long dueNs = startNs + TimeUnit.SECONDS.toNanos(round + 1) / ROUNDS_A_SECOND;
                    TimeUnit.NANOSECONDS.sleep(dueNs - System.nanoTime());
                }
                closed = rtmp.closedByServer();
            }
            Witnessed during = stage.witnessed();
            double cores = (server.usage().cpuSeconds() - cpuBefore) / LENGTH.toSeconds();
            long grownMib = (server.usage().residentBytes() - memoryBefore) >> 20;
            String signs = log.text();
            stage.expect(
                    log.lines().size() < MOST_LINES,
                    "the log is flooded: " + log.lines().size() + " lines");
            stage.expect(during.encoders().counts().isEmpty(), "encoders were cut");
            stage.expect(during.viewers().countOf("wrong") == 0, "a playlist broke its promises");
            Witnessed back = stage.watch(Duration.ofSeconds(5));
            Witnessed after = stage.watch(Duration.ofSeconds(10));
            stage.expectHealthy(after);
            return new Finding(
                    name(),
                    "%d connections a second for 30 s, half to HTTP, half to RTMP, from 250 addresses; the newest"
                                    .formatted(A_SECOND)
                            + " %d of each are held".formatted(HELD),
                    "%d came about; up to %d files open, %.2f cores, %d MiB more memory; of the last %d to RTMP %d"
                                    .formatted(made, mostFiles, cores, grownMib, HELD, closed)
                            + " were closed. " + during.text(),
                    signs,
                    "Within 5 s: " + back.text() + " " + stage.acknowledged(),
                    stage.wrong());
        }
    }
}
