package io.lunarstream.server.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import io.lunarstream.server.config.Addresses;
import io.lunarstream.server.live.BroadcastListener;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.live.LiveBroadcast;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.livestream.IngestView;
import io.lunarstream.server.node.Report.Event;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the API of this media node, its load and its broadcasts, and does what the answers say. One thread.
///
/// What has happened is told at once, in its order, again and again until it is answered. What is live is told every
/// two seconds: that is how leases are renewed, and how this node hears of new deadlines, revocations and moves.
///
/// Source: operations, "Many machines"; the Partner API, status ("a lease, not an event").
public final class Reporter implements BroadcastListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
    private static final String PATH = "/api/v1/media-node/report";

    /// A cut is promised within 5 s.
    private static final Duration PERIOD = Duration.ofSeconds(2);

    /// Hours of a busy node's beginnings and ends. If the API is away for longer the newest are lost: leases end them.
    private static final int MAX_WAITING = 10_000;

    /// The API takes bodies of 64 KiB: an event has 200 bytes.
    private static final int EVENTS_AT_ONCE = 100;

    /// The API takes bodies of 64 KiB: a stream that is warned of everything has 1.2 KB.
    private static final int STREAMS_AT_ONCE = 40;

    /// How long a close waits for the last report; the program must be gone within 10 s.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final ApiNodes api;
    private final Fences fences;
    private final int maxStreams;
    private final LinkedBlockingDeque<Event> waiting = new LinkedBlockingDeque<>(MAX_WAITING);
    private final Semaphore due = new Semaphore(0);
    private volatile boolean closing;
    private @Nullable Thread thread;

    /// @param maxStreams how many broadcasts this node takes
    public Reporter(ApiNodes api, Fences fences, int maxStreams) {
        this.api = api;
        this.fences = fences;
        this.maxStreams = maxStreams;
    }

    /// Reports once, if the API is there, and from now on again and again.
    public void start(LiveStreams live, Addresses addresses) {
        report(live, addresses);
        thread = Thread.ofVirtual().name("reporter").start(() -> reportUntilClosed(live, addresses));
    }

    @Override
    public void playable(UUID livestreamId, UUID tokenId, Instant at) {
        tell(Event.playable(livestreamId, fences.of(livestreamId), tokenId, at));
    }

    @Override
    public void keyframeInterval(UUID livestreamId, Duration interval) {
        tell(Event.keyframeInterval(livestreamId, fences.of(livestreamId), interval));
    }

    @Override
    public void ended(UUID livestreamId, EndReason reason, Instant at) {
        tell(Event.ended(livestreamId, fences.of(livestreamId), reason, at));
    }

    private void tell(Event event) {
        if (waiting.offer(event)) {
            due.release();
        } else {
            LOG.error("{} of {} is lost: {} wait for the API", event.type(), event.livestreamId(), MAX_WAITING);
        }
    }

    private void reportUntilClosed(LiveStreams live, Addresses addresses) {
        try {
            while (!closing) {
                if (due.tryAcquire(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                    due.drainPermits();
                }
                report(live, addresses);
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped while reporting");
        }
    }

    /// Events first: what is live is looked at when all that had happened until then has been told.
    private void report(LiveStreams live, Addresses addresses) {
        try {
            Report report = self(live, addresses);
            for (List<Event> news = next(); !news.isEmpty(); news = next()) {
                post(report.with(news, List.of()));
                news.forEach(waiting::remove);
            }
            List<LiveBroadcast> all = live.all();
            int from = 0;
            do {
                List<LiveBroadcast> some = all.subList(from, Math.min(all.size(), from + STREAMS_AT_ONCE));
                post(report.with(List.of(), streams(some))).ifPresent(answer -> obey(live, some, answer));
                from += STREAMS_AT_ONCE;
            } while (from < all.size());
        } catch (ApiAwayException e) {
            LOG.debug("report put off: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("report failed", e);
        }
    }

    /// Empty if the API does not take it: leases then end what it does not know of.
    private Optional<JsonNode> post(Report report) {
        try {
            return Optional.of(api.post(PATH, report));
        } catch (ApiRefusalException e) {
            LOG.error(
                    "the API does not take a report of {} events and {} streams: {}",
                    report.events().size(),
                    report.streams().size(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private List<Event> next() {
        List<Event> news = new ArrayList<>();
        waiting.stream().limit(EVENTS_AT_ONCE).forEach(news::add);
        return news;
    }

    private Report self(LiveStreams live, Addresses addresses) {
        return new Report(
                addresses.rtmpServer().orElseThrow(),
                addresses.rtmpsServer(),
                addresses.hlsBaseUrl(),
                maxStreams,
                live.broadcasts(),
                live.viewers(),
                cpuLoad(),
                closing,
                List.of(),
                List.of());
    }

    private static Optional<Double> cpuLoad() {
        double load =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getCpuLoad();
        return Optional.of(load).filter(known -> known >= 0 && known <= 1);
    }

    private List<Report.Stream> streams(List<LiveBroadcast> broadcasts) {
        return broadcasts.stream()
                .map(broadcast -> new Report.Stream(
                        broadcast.livestreamId(),
                        broadcast.permit().map(permit -> permit.tokenId()),
                        fences.of(broadcast.livestreamId()),
                        broadcast.viewers(),
                        IngestView.of(broadcast.ingest())))
                .toList();
    }

    private void obey(LiveStreams live, List<LiveBroadcast> told, JsonNode answer) {
        Map<String, LiveBroadcast> byId = told.stream()
                .collect(Collectors.toMap(
                        broadcast -> broadcast.livestreamId().toString(), Function.identity(), (one, same) -> one));
        for (JsonNode standing : answer.path("data").path("streams")) {
            Optional.ofNullable(byId.get(standing.path("livestreamId").asText()))
                    .ifPresent(broadcast -> obey(live, broadcast, standing));
        }
    }

    private void obey(LiveStreams live, LiveBroadcast broadcast, JsonNode standing) {
        if (standing.has("over")) {
            EndReason reason = reason(standing.path("over").asText());
            broadcast
                    .permit()
                    .ifPresentOrElse(
                            permit -> live.withdraw(permit, reason), () -> live.giveUp(broadcast.streamKey(), reason));
        } else {
            fences.learn(broadcast.livestreamId(), standing.path("fence").asLong());
            live.moveDeadline(
                    broadcast.streamKey(), Instant.parse(standing.path("cutAt").asText()));
        }
    }

    /// A word of a newer API ends the broadcast as well.
    private static EndReason reason(String word) {
        return Arrays.stream(EndReason.values())
                .filter(reason -> reason.apiName().equals(word))
                .findFirst()
                .orElse(EndReason.API_ENDED);
    }

    /// Tells what is still to be told, and that this node stops.
    @Override
    public void close() {
        closing = true;
        due.release();
        try {
            if (thread != null && !thread.join(CLOSE_TIMEOUT)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
