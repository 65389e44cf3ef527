package io.lunarstream.server.live;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/// One run of the server after another on one folder, in virtual time.
final class RestartBench implements AutoCloseable {
    private final Path directory;
    private LiveBench bench;
    private MediaFiles files;

    RestartBench(Path directory) {
        this.directory = directory;
        this.files = LiveBench.promptFiles(directory);
        this.bench = new LiveBench(LiveSettings.Takeover.REPLACE, 100, files);
    }

    /// The run that is there now.
    LiveBench bench() {
        return bench;
    }

    /// From now on nothing reaches the disk: as `kill -9`.
    void kill() {
        files.close();
    }

    /// Ends this run as it is, and begins another one on what it has left.
    LiveBench restart(Duration later) {
        return restart(later, new CallerRuns());
    }

    LiveBench restart(Duration later, ExecutorService writer) {
        kill();
        Duration since = Duration.between(new VirtualTime().instant(), bench.time.instant());
        bench.close();
        files = new MediaFiles(directory, writer);
        bench = new LiveBench(LiveSettings.Takeover.REPLACE, 100, files);
        bench.time.advance(since.plus(later));
        bench.streams.takeBack(() -> bench.loop);
        return bench;
    }

    @Override
    public void close() {
        files.close();
        bench.close();
    }
}
