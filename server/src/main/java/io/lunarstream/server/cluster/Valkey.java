package io.lunarstream.server.cluster;

import io.lunarstream.server.cluster.Change.AnythingChanged;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the API nodes of one database share through Valkey or Redis: counts of requests, and word of changes.
///
/// | Valkey | counts | changes |
/// |---|---|---|
/// | works | are those of all nodes | are told, and heard within milliseconds |
/// | is away, or does not answer in time | there are none: the node uses its own | are not told |
/// | is back | go on, or begin anew if it has forgotten | all nodes look at everything again |
///
/// It is away as soon as one command fails or takes too long, so that one request waits at the most, and those that
/// came at the same time. It is asked again every second. Safe to call from any thread but event loops.
public final class Valkey implements AutoCloseable {
    /// What all keys begin with.
    static final String PREFIX = "lunar:";

    /// Where all nodes tell changes.
    static final String CHANNEL = PREFIX + "changes";

    /// The longest that a request waits: far more than a round trip in one data centre, even while one of the two
    /// collects garbage, and less than people notice.
    public static final Duration PATIENCE = Duration.ofMillis(250);

    /// How often the connection is proved to work, and how often a new one is tried.
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /// Counts in a window that opens with the first request after the one before has closed. One of another length,
    /// from before a change of the configuration, is cut to the new one.
    private static final String COUNT = """
            local requests = redis.call('INCR', KEYS[1])
            local left = redis.call('PTTL', KEYS[1])
            local window = tonumber(ARGV[1])
            if left < 0 or left > window then
              redis.call('PEXPIRE', KEYS[1], window)
              left = window
            end
            return {requests, left}""";

    private static final Logger LOG = LoggerFactory.getLogger(Valkey.class);

    private final Vertx vertx;
    private final ValkeyAddress address;
    private final CountDownLatch closing = new CountDownLatch(1);
    private Consumer<Change> listener = change -> {};
    private volatile @Nullable ValkeyLink link;
    private boolean toldThatItIsAway;

    public Valkey(Vertx vertx, ValkeyAddress address) {
        this.vertx = vertx;
        this.address = address;
    }

    /// Connects, or goes on trying to; waits for the first try alone.
    ///
    /// @param heard takes what other nodes tell, and what this one does, on an event loop
    public void start(Consumer<Change> heard) {
        listener = heard;
        try {
            connect();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Thread.ofVirtual().name("valkey").start(this::keepConnected);
    }

    private void keepConnected() {
        try {
            while (!closing.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                ValkeyLink current = link;
                if (current == null) {
                    connect();
                } else {
                    prove(current);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped while waiting");
        }
    }

    private void connect() throws InterruptedException {
        try {
            ValkeyLink fresh = ValkeyLink.open(vertx, address, this::hear);
            use(fresh);
            tell(new AnythingChanged());
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            tellThatItIsAway(e);
        }
    }

    private void prove(ValkeyLink current) throws InterruptedException {
        try {
            current.prove();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            lose(current, e);
        }
    }

    private synchronized void use(ValkeyLink fresh) {
        if (closing.getCount() == 0) {
            fresh.close();
            return;
        }
        link = fresh;
        toldThatItIsAway = false;
        LOG.info("Valkey at {} is there: limits are shared with other nodes", address);
    }

    private synchronized void lose(ValkeyLink lost, Throwable cause) {
        if (lost.equals(link)) {
            link = null;
            lost.close();
            tellThatItIsAway(cause);
        }
    }

    /// Once for each outage.
    private synchronized void tellThatItIsAway(Throwable cause) {
        if (!toldThatItIsAway) {
            toldThatItIsAway = true;
            LOG.warn("Valkey at {} is away: limits are this node's own ({})", address, reason(cause));
        }
    }

    private static String reason(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "no answer in time";
        }
        Throwable root = failure;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return String.valueOf(root.getMessage());
    }

    private void hear(String text) {
        ChangeFormat.read(text).ifPresent(listener);
    }

    /// Whether counts and changes are shared now.
    public boolean isUp() {
        return link != null;
    }

    /// Tells all nodes, this one too, of a change that has been committed; waits for nothing. If it cannot be told
    /// now, all look at everything again once it can.
    public void tell(Change change) {
        ValkeyLink current = link;
        if (current != null) {
            current.send(Request.cmd(Command.PUBLISH).arg(CHANNEL).arg(ChangeFormat.write(change)))
                    .onFailure(cause -> lose(current, cause));
        }
    }

    /// Counts a request in the window of a key, for all nodes at once; waits for [#PATIENCE] at the most.
    ///
    /// @return empty if Valkey is away
    public Optional<WindowCount> count(String key, Duration window) {
        return ask(Request.cmd(Command.EVAL).arg(COUNT).arg(1).arg(PREFIX + key).arg(window.toMillis()))
                .map(answer -> new WindowCount(number(answer.get(0)), number(answer.get(1))));
    }

    private static long number(Response answer) {
        return Objects.requireNonNull(answer.toLong());
    }

    private Optional<Response> ask(Request command) {
        ValkeyLink current = link;
        if (current == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(current.send(command)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            lose(current, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    @Override
    public synchronized void close() {
        closing.countDown();
        ValkeyLink current = link;
        link = null;
        if (current != null) {
            current.close();
        }
    }
}
