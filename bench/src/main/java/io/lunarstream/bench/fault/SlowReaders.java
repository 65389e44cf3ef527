package io.lunarstream.bench.fault;

import io.lunarstream.bench.fault.PlaylistSeen.Segment;
import io.lunarstream.bench.fault.Stage.Witnessed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Viewers who take a segment at a kilobyte a second, or not at all; each newest segment has some.
final class SlowReaders implements Fault {
    private static final int SECONDS = 60;
    private static final int NEW_EACH_SECOND = 5;
    private static final int BYTES_A_SECOND = 1_000;

    /// Each holds a segment, but many hold the same one.
    private static final long MOST_MORE_MIB = 128;

    @Override
    public String name() {
        return "slow-readers";
    }

    @Override
    public Finding run(Lab lab) throws InterruptedException {
        try (Stage stage = lab.stage(2);
                Sockets slow = new Sockets(stage.server().ports().http());
                Sockets stalled = new Sockets(stage.server().ports().http())) {
            TestedServer server = stage.server();
            TestedServer.Log log = server.log();
            double before = media(server);
            double most = before;
            for (int second = 0; second < SECONDS; second++) {
                for (int i = 0; i < NEW_EACH_SECOND; i++) {
                    byte[] request = request(stage);
                    boolean _ = slow.open(request);
                    boolean _ = stalled.open(request);
                }
                long _ = slow.read(BYTES_A_SECOND);
                most = Math.max(most, media(server));
                TimeUnit.SECONDS.sleep(1);
            }
            Witnessed during = stage.witnessed();
            double cut = server.metric("lunar_slow_viewers_closed_total").orElse(-1);
            long moreMib = (long) (most - before) >> 20;
            stage.expect(cut > 0, "nobody was cut");
            stage.expect(moreMib < MOST_MORE_MIB, moreMib + " MiB more memory for media");
            stage.expectHealthy(during);
            slow.keep(0);
            stalled.keep(0);
            Witnessed after = stage.watch(Duration.ofSeconds(10));
            stage.expectHealthy(after);
            return new Finding(
                    name(),
                    "each second %d more that take 1 kB/s of a newest segment, %d that take nothing, for %d s"
                            .formatted(NEW_EACH_SECOND, NEW_EACH_SECOND, SECONDS),
                    "%.0f of %d were cut; memory for media grew by %d MiB at most. "
                                    .formatted(cut, 2 * SECONDS * NEW_EACH_SECOND, moreMib)
                            + during.text(),
                    "`lunar_slow_viewers_closed_total` %.0f; ".formatted(cut) + log.text(),
                    "Nothing. " + after.text() + " " + stage.acknowledged(),
                    stage.wrong());
        }
    }

    private static double media(TestedServer server) {
        return server.metric("lunar_media_memory_bytes").orElse(0);
    }

    private static byte[] request(Stage stage) {
        Segment newest = stage.viewers().getFirst().fetched().getLast();
        return "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .formatted(newest.uri().getPath())
                .getBytes(StandardCharsets.US_ASCII);
    }
}
