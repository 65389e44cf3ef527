package io.lunarstream.bench.fault;

import io.lunarstream.bench.host.BenchException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An encoder whose operator starts it anew whenever it ends: FFmpeg, which sends a clip in real time, over and over.
final class Encoder implements AutoCloseable {

    /// What OBS Studio waits at least before it comes back is 2 s; the impatient wait less.
    private static final Duration REST = Duration.ofSeconds(1);

    private static final Duration TIME_TO_END = Duration.ofSeconds(5);

    private final List<String> command;
    private final File output;
    private final Tally tally;
    private final Thread thread;
    private volatile @Nullable Process process;
    private volatile boolean over;

    /// @param output where its words go
    Encoder(Path clip, String publishAddress, Path output, Tally tally) {
        this.command = List.of(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-re",
                "-stream_loop",
                "-1",
                "-i",
                clip.toString(),
                "-c",
                "copy",
                "-f",
                "flv",
                publishAddress);
        this.output = output.toFile();
        this.tally = tally;
        this.thread = Thread.ofPlatform().name("encoder").start(this::run);
    }

    private void run() {
        try {
            while (!over) {
                Process started = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                        .start();
                process = started;
                tally.count("started");
                int _ = started.waitFor();
                if (!over) {
                    tally.count("ended");
                    TimeUnit.MILLISECONDS.sleep(REST.toMillis());
                }
            }
        } catch (IOException e) {
            throw new BenchException("cannot start ffmpeg", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
        Process running = process;
        if (running != null) {
            running.destroy();
            try {
                boolean ended = running.waitFor(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS);
                if (!ended) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
