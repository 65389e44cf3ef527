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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does once a second what no event does: it writes down which waiting livestreams have expired, and gives up
/// broadcasts whose encoder did not come back after a restart, or whose media server has fallen silent. It also
/// drops signing keys that are not needed any more.
public final class LivestreamSweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LivestreamSweeper.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Database database;
    private final StatusRepository repository;
    private final PushTokens pushTokens;
    private final LiveStreams live;
    private final ForeignBroadcasts foreign;
    private final LostBroadcasts lost;
    private final BroadcastRecorder recorder;
    private final InstantSource clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    LivestreamSweeper(
            Database database,
            StatusRepository repository,
            PushTokens pushTokens,
            LiveStreams live,
            ForeignBroadcasts foreign,
            LostBroadcasts lost,
            BroadcastRecorder recorder,
            InstantSource clock) {
        this.database = database;
        this.repository = repository;
        this.pushTokens = pushTokens;
        this.live = live;
        this.foreign = foreign;
        this.lost = lost;
        this.recorder = recorder;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("livestream-sweeper").start(this::sweepUntilClosed);
    }

    private void sweepUntilClosed() {
        try {
            while (!closing.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                sweep();
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped while sweeping");
        }
    }

    private void sweep() {
        try {
            expireWaiting();
            giveUpLost();
            foreign.sweep();
            pushTokens.dropRetiredKeys();
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
        closing.countDown();
        try {
            thread.join(PERIOD);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
