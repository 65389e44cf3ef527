package io.lunarstream.server.live;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Segments on disk: one thread writes and deletes them, so that no event loop waits for a disk.
///
/// `{directory}/{streamKey}/{generation}/{name}`; every name is one that this server made. When the disk fails or
/// cannot keep up, segments stay in memory as long as they are listed: playback goes on.
public final class MediaFiles implements AutoCloseable {

    /// Bytes that may wait for the disk: some seconds of many streams. What comes on top stays in memory only, so that
    /// a disk that hangs does not take all memory.
    private static final long MOST_WAITING_BYTES = 128L * 1_024 * 1_024;

    /// How long a shutdown waits for segments that are being written.
    private static final int CLOSE_SECONDS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(MediaFiles.class);

    private final Path directory;
    private final ExecutorService writer;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private boolean failing;

    /// @param directory where to keep media; what an earlier run left there is deleted, because nothing lists it
    public MediaFiles(Path directory) {
        this.directory = directory;
        this.writer = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("media-files").daemon().factory());
        writer.execute(() -> deleteTree(directory));
    }

    /// How many segments could not be written.
    public long failures() {
        return failures.get();
    }

    /// Writes what is in memory into a file, later, and tells the media when it is done.
    void write(String streamKey, String generation, StoredMedia media) {
        if (waitingBytes.get() + media.bytes() > MOST_WAITING_BYTES) {
            failures.incrementAndGet();
            return;
        }
        media.borrow().ifPresent(bytes -> {
            waitingBytes.addAndGet(media.bytes());
            if (!later(() -> writeFile(generationDirectory(streamKey, generation), media, bytes))) {
                bytes.release();
            }
        });
    }

    /// Deletes one file, later.
    void delete(Path file) {
        later(() -> deleteFile(file));
    }

    /// Deletes all that a generation has left, later.
    void deleteGeneration(String streamKey, String generation) {
        later(() -> deleteTree(generationDirectory(streamKey, generation)));
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Segments that were still to be written are given up");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return false if this is closed: nothing is written or deleted any more
    private boolean later(Runnable task) {
        try {
            writer.execute(task);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    private Path generationDirectory(String streamKey, String generation) {
        return directory.resolve(streamKey).resolve(generation);
    }

    private void writeFile(Path generationDirectory, StoredMedia media, ByteBuf bytes) {
        Path path = generationDirectory.resolve(media.name());
        try {
            Files.createDirectories(generationDirectory);
            write(path, bytes);
            if (!media.writtenTo(path)) {
                deleteFile(path);
            }
            report(null);
        } catch (IOException e) {
            failures.incrementAndGet();
            report(e);
            discard(path);
        } finally {
            bytes.release();
            waitingBytes.addAndGet(-media.bytes());
        }
    }

    private static void write(Path path, ByteBuf bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (ByteBuffer buffer : bytes.nioBuffers()) {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        }
    }

    /// One line when the disk begins to fail and one when it works again, not one per segment.
    private void report(@Nullable IOException failure) {
        if (failure != null && !failing) {
            LOG.error(
                    "Segments cannot be written to {}; playback goes on from memory: {}",
                    directory,
                    failure.toString());
        } else if (failure == null && failing) {
            LOG.info("Segments are written to {} again", directory);
        }
        failing = failure != null;
    }

    /// Deletes what was written of a file, if anything was.
    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} cannot be deleted: {}", file, e.toString());
        }
    }

    private static void deleteFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", file, e.toString());
        }
    }

    private static void deleteTree(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            deepestFirst.forEach(MediaFiles::deleteFile);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} cannot be deleted: {}", root, e.toString());
        }
    }
}
