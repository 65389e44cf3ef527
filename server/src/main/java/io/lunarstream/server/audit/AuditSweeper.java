package io.lunarstream.server.audit;

import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.DatabaseUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what the audit log no longer has to keep: at the start, and every hour from then on.
public final class AuditSweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditSweeper.class);
    private static final Duration PERIOD = Duration.ofHours(1);

    /// How long closing waits for a transaction that is under way.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    /// Rows of one transaction: so few that whoever waits to write does not notice.
    private static final int BATCH = 1000;

    private final Database database;
    private final AuditRepository repository = new AuditRepository();
    private final Duration retention;
    private final InstantSource clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /// @param retention how long an entry is kept
    public AuditSweeper(Database database, Duration retention, InstantSource clock) {
        this.database = database;
        this.retention = retention;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("audit-sweeper").start(this::sweepUntilClosed);
    }

    private void sweepUntilClosed() {
        try {
            do {
                sweep();
            } while (!closing.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("stopped while sweeping");
        }
    }

    private void sweep() {
        try {
            Instant before = clock.instant().minus(retention);
            int deleted = BATCH;
            while (deleted == BATCH && closing.getCount() > 0) {
                deleted = database.write(transaction -> repository.deleteOldest(transaction, before, BATCH));
            }
        } catch (DatabaseUnavailableException e) {
            LOG.debug("sweep put off: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("sweep failed", e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
