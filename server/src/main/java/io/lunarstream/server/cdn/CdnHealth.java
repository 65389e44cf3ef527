package io.lunarstream.server.cdn;

import io.lunarstream.server.cdn.CdnCheck.Finding;
import io.lunarstream.server.config.Settings.Cdn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at each configured CDN now and then, each in a thread of its own: one that hangs delays no other.
///
/// Nothing is done about one that fails: `hlsSources` stays as it is, and players go on to the next by themselves.
public final class CdnHealth implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CdnHealth.class);

    /// Often enough to be told before viewers tell, seldom enough to cost nothing.
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    /// How long closing waits for threads that have been told to end.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    /// Pauses differ by up to this part of the interval: nodes that start together do not stay in step.
    private static final double JITTER = 0.2;

    private final List<Cdn> cdns;
    private final Supplier<List<String>> mediaServers;
    private final Duration interval;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, CdnState> states = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /// Looks at nothing until [#start].
    ///
    /// @param cdns in the operator's order; their names differ
    /// @param mediaServers gives the names of those of ours that are online, for CDNs that tell them apart
    public CdnHealth(List<Cdn> cdns, Supplier<List<String>> mediaServers, InstantSource clock, RandomGenerator random) {
        this(cdns, mediaServers, INTERVAL, clock, random);
    }

    CdnHealth(
            List<Cdn> cdns,
            Supplier<List<String>> mediaServers,
            Duration interval,
            InstantSource clock,
            RandomGenerator random) {
        this.cdns = List.copyOf(cdns);
        this.mediaServers = mediaServers;
        this.interval = interval;
        this.clock = clock;
        this.random = random;
        cdns.forEach(cdn -> states.put(cdn.name(), CdnState.UNKNOWN));
    }

    /// Looks at all of them now, and from then on after each interval. The origin must be open.
    public void start() {
        for (Cdn cdn : cdns) {
            threads.add(Thread.ofVirtual().name("cdn-" + cdn.name()).start(() -> watch(cdn)));
        }
    }

    private void watch(Cdn cdn) {
        try (CdnCheck check = new CdnCheck(random)) {
            do {
                Finding finding = look(check, cdn);
                CdnState before = state(cdn);
                CdnState now = before.after(finding, clock.instant());
                states.put(cdn.name(), now);
                log(cdn, before.status(), now);
            } while (!closing.await(pause().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("stopped while looking at CDN {}", cdn.name());
        }
    }

    private Finding look(CdnCheck check, Cdn cdn) throws InterruptedException {
        try {
            return cdn.tellsMediaServersApart() ? lookAtEach(check, cdn) : check.look(cdn.url());
        } catch (RuntimeException e) {
            LOG.error("CDN {} cannot be looked at", cdn.name(), e);
            return new Finding.Fails("cannot be looked at: " + e.getMessage());
        }
    }

    /// Works if it leads to each media server of ours that is online; takes as long as the slowest look.
    private Finding lookAtEach(CdnCheck check, Cdn cdn) throws InterruptedException {
        List<String> names = mediaServers.get();
        Duration latency = Duration.ZERO;
        for (String name : names) {
            switch (check.look(cdn.url(name))) {
                case Finding.Works works -> latency = max(latency, works.latency());
                case Finding.Fails fails -> {
                    return new Finding.Fails("for media server " + name + ": " + fails.why());
                }
            }
        }
        return names.isEmpty() ? new Finding.Fails("no media server is online") : new Finding.Works(latency);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Duration pause() {
        double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(interval.toMillis() * factor));
    }

    /// Changes alone: one that stays away is no news.
    private static void log(Cdn cdn, CdnStatus before, CdnState now) {
        if (now.status() == CdnStatus.DOWN && before != CdnStatus.DOWN) {
            LOG.warn(
                    "CDN {} fails: {}",
                    cdn.name(),
                    now.lastError().map(CdnState.Fault::message).orElse(""));
        } else if (now.status() == CdnStatus.UP && before == CdnStatus.DOWN) {
            LOG.info("CDN {} works again", cdn.name());
        }
    }

    CdnState state(Cdn cdn) {
        return Objects.requireNonNull(states.get(cdn.name()));
    }

    /// Which there are, in the operator's order.
    public List<Cdn> cdns() {
        return cdns;
    }

    /// Whether the last look at one went well.
    public boolean isUp(Cdn cdn) {
        return state(cdn).status() == CdnStatus.UP;
    }

    /// How long the last look that went well took, in seconds; not a number before the first.
    public double latencySeconds(Cdn cdn) {
        return state(cdn).latency().map(latency -> latency.toNanos() / 1e9).orElse(Double.NaN);
    }

    /// When a look last went well, in seconds since 1970; 0 before the first.
    public long lastSuccessSeconds(Cdn cdn) {
        return state(cdn).lastSuccessAt().map(Instant::getEpochSecond).orElse(0L);
    }

    /// How many looks have failed since the start.
    public long failures(Cdn cdn) {
        return state(cdn).failures();
    }

    @Override
    public void close() {
        closing.countDown();
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(CLOSE_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
