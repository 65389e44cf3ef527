package io.lunarstream.bench.fault;

import io.lunarstream.bench.fault.Stage.Witnessed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Ten thousand connections at a time: viewers that keep theirs and say nothing, encoders that do not publish yet.
final class Crowd implements Fault {
    private static final int HTTP = 9_500;
    private static final int RTMP = 500;
    private static final Duration LENGTH = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "crowd";
    }

    @Override
    public Finding run(Lab lab) throws InterruptedException {
        try (Stage stage = lab.stage(2)) {
            TestedServer server = stage.server();
            Witnessed before = stage.watch(Duration.ofSeconds(10));
            TestedServer.Log log = server.log();
            long memoryBefore = server.usage().residentBytes();
            byte[] request =
                    "GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            Witnessed during;
            int openFiles;
            long memory;
            try (Sockets http = new Sockets(server.ports().http());
                    Sockets rtmp = new Sockets(server.ports().rtmp())) {
                while (http.count() < HTTP) {
                    boolean _ = http.open(request);
                }
                // After 10 s of silence these are closed, as they should be.
                while (rtmp.count() < RTMP) {
                    boolean _ = rtmp.open(new byte[0]);
                }
                Witnessed _ = stage.watch(Duration.ofSeconds(2));
                openFiles = server.openFiles();
                memory = server.usage().residentBytes() - memoryBefore;
                during = stage.watch(LENGTH);
                int closed = http.closedByServer();
                stage.expect(closed == 0, closed + " connections were closed that had a right to stay");
            }
            stage.expect(openFiles > HTTP + RTMP, "not all connections came about: " + openFiles + " files are open");
            stage.expectHealthy(during);
            Witnessed after = stage.watch(Duration.ofSeconds(5));
            return new Finding(
                    name(),
                    "%d connections to the HTTP port that have had an answer and rest, %d to RTMP that never speak"
                            .formatted(HTTP, RTMP),
                    "%d files open; %.1f kB of memory for each connection. Before, half of the API within %.0f ms,"
                                    .formatted(
                                            openFiles,
                                            memory / 1e3 / (HTTP + RTMP),
                                            before.partner().quantileMs(0.5))
                            + " 99 %% within %.0f ms. "
                                    .formatted(before.partner().quantileMs(0.99))
                            + during.text(),
                    log.text(),
                    "Nothing. " + after.text() + " " + stage.acknowledged(),
                    stage.wrong());
        }
    }
}
