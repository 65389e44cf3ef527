package io.lunarstream.server.live;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/// One run of the server after another on one folder, in virtual time.
final class RestartBench implements AutoCloseable {
    private final Path directory;
    private final long fullBytes;
    private LiveBench bench;
    private MediaFiles files;

    RestartBench(Path directory) {
        this(directory, MediaFiles.FULL_FILE_BYTES);
    }

    /// @param fullBytes a file of segments that has so many gets no more of them
    RestartBench(Path directory, long fullBytes) {
        this.directory = directory;
        this.fullBytes = fullBytes;
        this.files = new MediaFiles(directory, new CallerRuns(), fullBytes);
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
        files = new MediaFiles(directory, writer, fullBytes);
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
