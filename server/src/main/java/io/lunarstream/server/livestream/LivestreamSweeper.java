package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.DatabaseUnavailableException;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.livestream.StatusRepository.Started;
import io.lunarstream.server.pushtoken.PushTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does once a second what no event does: it writes down which waiting livestreams have expired, and gives up
/// broadcasts whose encoder did not come back after a restart, or whose media server has fallen silent. It also
/// holds publishers against what other nodes have written, follows what they do to signing keys, and adds up counts.
public final class LivestreamSweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LivestreamSweeper.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Database database;
    private final StatusRepository repository;
    private final PushTokens pushTokens;
    private final LiveStreams live;
    private final AdmittedPublishers admitted;
    private final ForeignBroadcasts foreign;
    private final NodeBroadcasts nodes;
    private final LostBroadcasts lost;
    private final LivestreamCounts counts;
    private final BroadcastRecorder recorder;
    private final InstantSource clock;
    private final Semaphore due = new Semaphore(0);
    private volatile boolean closing;
    private final Thread thread;

    LivestreamSweeper(
            Database database,
            StatusRepository repository,
            PushTokens pushTokens,
            LiveStreams live,
            ForeignBroadcasts foreign,
            NodeBroadcasts nodes,
            LostBroadcasts lost,
            BroadcastRecorder recorder,
            InstantSource clock) {
        this.database = database;
        this.repository = repository;
        this.pushTokens = pushTokens;
        this.live = live;
        this.admitted = new AdmittedPublishers(pushTokens, live);
        this.foreign = foreign;
        this.nodes = nodes;
        this.lost = lost;
        this.recorder = recorder;
        this.counts = new LivestreamCounts(database);
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("livestream-sweeper").start(this::sweepUntilClosed);
    }

    private void sweepUntilClosed() {
        try {
            while (!closing) {
                if (due.tryAcquire(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                    due.drainPermits();
                }
                if (!closing) {
                    sweep();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped while sweeping");
        }
    }

    /// Sweeps as soon as possible: once for all who have asked meanwhile.
    void sweepNow() {
        due.release();
    }

    private void sweep() {
        try {
            admitted.check();
            pushTokens.tendKeys();
            expireWaiting();
            counts.addUp();
            giveUpLost();
            foreign.sweep();
            nodes.sweep();
        } catch (DatabaseUnavailableException e) {
            LOG.debug("sweep put off: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("sweep failed", e);
        }
    }

    private void expireWaiting() {
        Instant passed = pushTokens.passedDeadline();
        if (database.read(handle -> repository.anyExpired(handle, passed))) {
            recorder.deadlinePassed(passed);
        }
    }

    private void giveUpLost() {
        for (Started started : lost.waiting()) {
            giveUpIfOver(started);
        }
    }

    private void giveUpIfOver(Started started) {
        Instant now = clock.instant();
        Optional<EndReason> reason = database.read(handle -> repository.deadline(handle, started.id()))
                .flatMap(deadline -> lost.over(pushTokens.cutAt(deadline), now));
        if (reason.isPresent() && isAway(started, reason.get())) {
            lost.giveUp(started.id(), () -> recorder.ended(started.id(), reason.get(), now));
        }
    }

    /// Whether nobody sends: if there is a playlist that waits for its encoder, it has ended then.
    private boolean isAway(Started started, EndReason reason) {
        return live.giveUp(started.streamKey(), reason)
                .toCompletableFuture()
                .completeOnTimeout(false, PERIOD.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    public void close() {
        closing = true;
        sweepNow();
        try {
            thread.join(PERIOD);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
