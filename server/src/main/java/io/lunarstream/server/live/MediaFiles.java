package io.lunarstream.server.live;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Media on disk: one thread writes and deletes files in the order in which it is asked to, so that no event loop waits
/// for a disk.
///
/// `{directory}/{streamKey}/{generation}/{name}`; every name is one that this server made. When the disk fails or
/// cannot keep up, playback goes on from memory.
public final class MediaFiles implements AutoCloseable {

    /// Bytes that may wait for the disk: some seconds of many streams. What comes on top stays in memory only, so that
    /// a disk that hangs does not take all memory.
    private static final long MOST_WAITING_BYTES = 128L * 1_024 * 1_024;

    /// Tasks that may wait for the disk: half a minute of 100 streams. Each takes some kilobytes.
    private static final int MOST_WAITING_TASKS = 20_000;

    /// A file of segments that has so many bytes gets no more of them. About so much of each form stays on the disk for
    /// longer than anybody may ask for it.
    static final long FULL_FILE_BYTES = 4L * 1_024 * 1_024;

    /// After so long without anything done, a disk is slow: a part is a matter of microseconds for the page cache.
    private static final Duration SLOW = Duration.ofMillis(100);

    /// How long a shutdown waits for what is being written.
    private static final int CLOSE_SECONDS = 3;

    /// How many segments in a row must have been written before the disk is said to work again, so that one that is
    /// nearly full does not say so every second.
    private static final int SEGMENTS_THAT_PROVE = 10;

    /// Where the number of the last start is kept.
    private static final String LAST_START = "last-start";

    private static final Logger LOG = LoggerFactory.getLogger(MediaFiles.class);

    /// How the disk does.
    private enum Disk {
        WORKS,
        FAILS,
        HANGS
    }

    /// Something to do on the disk.
    interface Work {
        void run() throws IOException;
    }

    private final Path directory;
    private final ExecutorService writer;
    private final long fullBytes;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicInteger waitingTasks = new AtomicInteger();
    private final AtomicLong failures = new AtomicLong();
    private volatile long progressNs;
    private Disk disk = Disk.WORKS;
    private int writtenInARow;

    /// @param directory where to keep media; made when it is needed
    public MediaFiles(Path directory) {
        this(directory, new DiskThread(), FULL_FILE_BYTES);
    }

    /// @param writer does one thing after the other
    /// @param fullBytes a file of segments that has so many gets no more of them
    MediaFiles(Path directory, ExecutorService writer, long fullBytes) {
        this.directory = directory;
        this.writer = writer;
        this.fullBytes = fullBytes;
    }

    /// How many times something could not be written or deleted.
    public long failures() {
        return failures.get();
    }

    /// Whether what comes in is kept in memory only, because the disk fails or hangs.
    public synchronized boolean failing() {
        return disk != Disk.WORKS;
    }

    /// How many bytes wait for the disk.
    public long waitingBytes() {
        return waitingBytes.get();
    }

    /// Whether something waits for a disk that does nothing: no event loop should ask it for what is in memory, too.
    boolean slow() {
        return waitingTasks.get() > 0 && System.nanoTime() - progressNs > SLOW.toNanos();
    }

    Path directory() {
        return directory;
    }

    long fullBytes() {
        return fullBytes;
    }

    GenerationFolder folder(String streamKey, String generation) {
        return new GenerationFolder(this, directory.resolve(streamKey).resolve(generation));
    }

    /// A number for this start of the server that is larger than those of all starts before, also when the clock has
    /// been set back.
    long nextStart(long epochSecond) {
        long start = Math.max(epochSecond, lastStart() + 1);
        later(() -> {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(LAST_START), Long.toString(start));
        });
        return start;
    }

    private long lastStart() {
        try {
            byte[] digits = Files.readAllBytes(directory.resolve(LAST_START));
            return Long.parseLong(new String(digits, StandardCharsets.US_ASCII).strip());
        } catch (IOException | NumberFormatException _) {
            return 0;
        }
    }

    /// What earlier runs have left and can be gone on with. A generation that cannot be read is given up, and no other;
    /// what nothing refers to any more is deleted, later.
    List<RecoveredGeneration> recover() {
        List<RecoveredGeneration> recovered = new ArrayList<>();
        for (Path folder : generations()) {
            Optional<RecoveredGeneration> generation = read(folder);
            generation.ifPresent(recovered::add);
            Set<String> kept = generation.map(RecoveredGeneration::files).orElse(Set.of());
            later(() -> OwnFiles.deleteFrom(folder, kept));
        }
        return recovered;
    }

    private List<Path> generations() {
        try {
            return OwnFiles.generations(directory);
        } catch (IOException e) {
            LOG.error("What earlier runs have left in {} cannot be read: {}", directory, e.toString());
            return List.of();
        }
    }

    private static Optional<RecoveredGeneration> read(Path folder) {
        try {
            return RecoveredGeneration.read(folder);
        } catch (IOException | RuntimeException e) {
            LOG.warn("The playlist in {} is lost, because its journal cannot be read: {}", folder, e.toString());
            return Optional.empty();
        }
    }

    /// Does something on the disk, later, that nobody waits for.
    void later(Work work) {
        CompletableFuture<Void> _ = submit(List.of(), work);
    }

    /// Does something on the disk, later, and after all that was asked before.
    ///
    /// @param buffers what it writes, if there is anything; released afterwards, or at once if nothing comes of it
    /// @return completes when it is over, well or not, or is not done at all because too much waits
    CompletableFuture<Void> submit(List<ByteBuf> buffers, Work work) {
        long bytes = buffers.stream().mapToLong(ByteBuf::readableBytes).sum();
        if (waitingBytes.get() + bytes > MOST_WAITING_BYTES || waitingTasks.get() >= MOST_WAITING_TASKS) {
            buffers.forEach(ByteBuf::release);
            failures.incrementAndGet();
            report(Disk.HANGS, "too much waits for the disk");
            return CompletableFuture.completedFuture(null);
        }
        waitingBytes.addAndGet(bytes);
        if (waitingTasks.getAndIncrement() == 0) {
            progressNs = System.nanoTime();
        }
        CompletableFuture<Void> over = new CompletableFuture<>();
        Runnable settle = () -> {
            buffers.forEach(ByteBuf::release);
            waitingBytes.addAndGet(-bytes);
            waitingTasks.decrementAndGet();
            progressNs = System.nanoTime();
            over.complete(null);
        };
        try {
            writer.execute(() -> {
                attempt(work);
                settle.run();
            });
        } catch (RejectedExecutionException _) {
            settle.run();
        }
        return over;
    }

    private void attempt(Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            failures.incrementAndGet();
            report(Disk.FAILS, e.toString());
        }
    }

    /// A segment has been written. One line when the disk works again, not one per segment.
    synchronized void wroteSegment() {
        writtenInARow++;
        if (disk != Disk.WORKS && writtenInARow >= SEGMENTS_THAT_PROVE) {
            disk = Disk.WORKS;
            LOG.info("Media are written to {} again", directory);
        }
    }

    /// One line when the disk begins to fail.
    private synchronized void report(Disk trouble, String why) {
        writtenInARow = 0;
        if (disk == Disk.WORKS) {
            LOG.error("Media cannot be written to {}; playback goes on from memory: {}", directory, why);
        }
        disk = trouble;
    }

    /// Waits until all is done that has been asked for, but not long.
    void settle() {
        submit(List.of(), () -> {})
                .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Media that were still to be written are given up");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
