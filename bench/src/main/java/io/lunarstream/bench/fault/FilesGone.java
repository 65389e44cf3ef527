package io.lunarstream.bench.fault;

import io.lunarstream.bench.fault.Lab.Start;
import io.lunarstream.bench.fault.Stage.Witnessed;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// No file descriptor is left: for new connections, for segments, for the database.
final class FilesGone implements Fault {
    private static final int LIMIT = 400;
    private static final Start FEW_FILES = new Start(List.of("prlimit", "--nofile=" + LIMIT + ":" + LIMIT), Map.of());
    private static final Duration LENGTH = Duration.ofSeconds(30);

    /// A thread that asks again and again takes a core for itself.
    private static final double BUSY_CORES = 0.9;

    /// One line a second would be one; each connection's own would be thousands.
    private static final int MOST_LINES = 100;

    @Override
    public String name() {
        return "files";
    }

    @Override
    public Finding run(Lab lab) throws InterruptedException {
        lab.require("prlimit");
        try (Stage stage = lab.stage(2, FEW_FILES)) {
            TestedServer server = stage.server();
            TestedServer.Log log = server.log();
            double cpuBefore = server.usage().cpuSeconds();
            Witnessed during;
            String signs;
            int openFiles;
            double cores;
            try (Sockets sockets = new Sockets(server.ports().http())) {
                while (sockets.count() < 2 * LIMIT) {
                    boolean _ = sockets.open(new byte[0]);
                }
                during = stage.watch(LENGTH);
                openFiles = server.openFiles();
                cores = (server.usage().cpuSeconds() - cpuBefore) / LENGTH.toSeconds();
                signs = log.text();
            }
            stage.expect(openFiles >= LIMIT - 5, "the fault was not made: " + openFiles + " files are open");
            stage.expect(cores < BUSY_CORES, "a busy loop: %.2f cores".formatted(cores));
            stage.expect(log.lines().size() < MOST_LINES, "the log is flooded");
            stage.expect(during.encoders().counts().isEmpty(), "encoders were cut");
            stage.expect(during.viewers().countOf("wrong") == 0, "a playlist broke its promises");
            Witnessed back = stage.watch(Duration.ofSeconds(15));
            Witnessed after = stage.watch(Duration.ofSeconds(10));
            stage.expectHealthy(after);
            return new Finding(
                    name(),
                    "`prlimit --nofile=%d`, %d connections to the HTTP port for 30 s".formatted(LIMIT, 2 * LIMIT),
                    during.text() + " %d of %d files open, %.2f cores used.".formatted(openFiles, LIMIT, cores),
                    signs,
                    "Connections closed, within 15 s: " + back.text() + " " + stage.acknowledged(),
                    stage.wrong());
        }
    }
}
