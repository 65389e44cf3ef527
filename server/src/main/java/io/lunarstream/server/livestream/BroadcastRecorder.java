package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.DatabaseUnavailableException;
import io.lunarstream.server.live.BroadcastListener;
import io.lunarstream.server.live.EndReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down what becomes of broadcasts, in the order in which it happened, on one thread of its own.
///
/// While the database does not answer, the first entry is tried again and again and the others wait behind it.
public final class BroadcastRecorder implements BroadcastListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BroadcastRecorder.class);

    /// Hours of a busy server's beginnings and ends. If a database is away for longer, the newest are lost: what was
    /// live then is put right by the next start.
    private static final int MAX_WAITING = 10_000;

    private static final Duration RETRY_PAUSE = Duration.ofMillis(250);

    /// How long a close may take to write what is still waiting; the program must be gone within 10 s.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /// One thing to write down.
    ///
    /// @param what for the log
    /// @param write gives the stream keys of the livestreams that it has changed
    private record Entry(String what, Function<Handle, List<String>> write) {}

    private final Database database;
    private final StatusRepository repository;
    private final PublicLivestreams inMemory;
    private final LostBroadcasts lost;
    private final InstantSource clock;
    private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread writer;

    /// @param inMemory is told of every change
    BroadcastRecorder(
            Database database,
            StatusRepository repository,
            PublicLivestreams inMemory,
            LostBroadcasts lost,
            InstantSource clock) {
        this.database = database;
        this.repository = repository;
        this.inMemory = inMemory;
        this.lost = lost;
        this.clock = clock;
        this.writer = Thread.ofVirtual().name("broadcast-recorder").start(this::writeAll);
    }

    @Override
    public void playable(UUID livestreamId, UUID tokenId, Instant at) {
        lost.forget(livestreamId);
        enqueue(
                "start of " + livestreamId,
                handle -> repository.start(handle, livestreamId, tokenId, at, clock.instant()));
    }

    @Override
    public void keyframeInterval(UUID livestreamId, Duration interval) {
        enqueue("keyframe interval of " + livestreamId, handle -> {
            repository.rememberKeyframeInterval(handle, livestreamId, interval);
            return List.of();
        });
    }

    @Override
    public void ended(UUID livestreamId, EndReason reason, Instant at) {
        enqueue("end of " + livestreamId, handle -> repository.end(handle, livestreamId, reason, at, clock.instant()));
    }

    /// Livestreams whose deadline is not after this instant have expired, if they still wait once all that was told
    /// before has been written down; many of them in several transactions.
    void deadlinePassed(Instant passed) {
        enqueue("expiry of livestreams", handle -> repository.expire(handle, passed, clock.instant()));
    }

    private void enqueue(String what, Function<Handle, List<String>> write) {
        enqueue(new Entry(what, write));
    }

    private void enqueue(Entry entry) {
        if (!waiting.offer(entry)) {
            LOG.error("{} is lost: {} entries wait for the database", entry.what(), MAX_WAITING);
        }
    }

    private void writeAll() {
        try {
            while (closing.getCount() > 0 || !waiting.isEmpty()) {
                Entry entry = waiting.poll(RETRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                if (entry != null) {
                    writeUntilDone(entry);
                }
            }
        } catch (InterruptedException e) {
            LOG.error("{} entries were not written", waiting.size());
        }
    }

    private void writeUntilDone(Entry entry) throws InterruptedException {
        while (!isWritten(entry)) {
            if (closing.await(RETRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS) && !isWritten(entry)) {
                LOG.error("{} was not written: the database does not answer", entry.what());
                return;
            }
        }
    }

    private boolean isWritten(Entry entry) {
        try {
            List<String> changed = database.write(entry.write());
            changed.forEach(inMemory::changed);
            if (changed.size() == StatusRepository.MOST_AT_ONCE && closing.getCount() > 0) {
                // There may be more; whoever waits comes first.
                enqueue(entry);
            }
            return true;
        } catch (DatabaseUnavailableException e) {
            LOG.warn("{} waits: {}", entry.what(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.error("{} cannot be written", entry.what(), e);
            return true;
        }
    }

    /// Writes what is still waiting.
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!writer.join(CLOSE_TIMEOUT)) {
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
