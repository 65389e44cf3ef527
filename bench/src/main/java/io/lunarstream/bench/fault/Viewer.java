package io.lunarstream.bench.fault;

import io.lunarstream.bench.fault.PlaylistSeen.Segment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A viewer who reads one playlist over and over, fetches each new segment to its end, and judges every playlist by
/// the one before.
final class Viewer implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final URI address;
    private final Tally tally;
    private final Thread thread;
    private final List<Segment> fetched = new ArrayList<>();
    private @Nullable URI playlist;
    private @Nullable PlaylistSeen last;
    private long newestNs;
    private double longestWaitMs;
    private volatile boolean over;

    /// @param address of a media playlist or a multivariant one
    Viewer(URI address, Tally tally) {
        this.address = address;
        this.tally = tally;
        this.thread = Thread.ofVirtual().name("viewer").start(this::view);
    }

    /// The longest time without a new segment since the last question, in milliseconds, also if it still lasts.
    synchronized double longestWaitMs() {
        double longest = Math.max(longestWaitMs, sinceNewestMs());
        longestWaitMs = 0;
        return newestNs == 0 ? 0 : longest;
    }

    /// Whether a segment has come.
    synchronized boolean plays() {
        return newestNs != 0;
    }

    /// The segments that have come, in their order.
    synchronized List<Segment> fetched() {
        return List.copyOf(fetched);
    }

    private synchronized double sinceNewestMs() {
        return (System.nanoTime() - newestNs) / 1e6;
    }

    private void view() {
        try {
            while (!over) {
                look();
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        URI asked = playlist == null ? address : playlist;
        Optional<byte[]> body = get("playlist", asked);
        if (body.isEmpty()) {
            return;
        }
        String text = new String(body.get(), StandardCharsets.UTF_8);
        if (text.contains("#EXT-X-STREAM-INF")) {
            playlist = text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(address::resolve)
                    .findFirst()
                    .orElseThrow();
            return;
        }
        judge(PlaylistSeen.parse(asked, text));
    }

    private void judge(PlaylistSeen seen) throws InterruptedException {
        PlaylistSeen before = last;
        last = seen;
        if (seen.ended()) {
            tally.count("playlist that has ended");
        }
        long from = seen.firstMsn();
        if (before != null) {
            before.brokenBy(seen).forEach(broken -> tally.count("wrong: " + broken));
            from = Math.max(from, before.nextMsn());
            if (seen.firstMsn() > before.nextMsn()) {
                tally.count("segments left before they were seen");
            }
        }
        for (long msn = from; msn < seen.nextMsn() && !over; msn++) {
            fetch(seen.segments().get((int) (msn - seen.firstMsn())));
        }
    }

    private void fetch(Segment segment) throws InterruptedException {
        if (get("segment", segment.uri()).isEmpty()) {
            return;
        }
        synchronized (this) {
            if (newestNs != 0) {
                longestWaitMs = Math.max(longestWaitMs, sinceNewestMs());
            }
            newestNs = System.nanoTime();
            fetched.add(segment);
        }
        if (segment.afterDiscontinuity()) {
            tally.count("discontinuity");
        }
    }

    private Optional<byte[]> get(String what, URI asked) throws InterruptedException {
        try {
            HttpResponse<byte[]> response =
                    HTTP.send(HttpRequest.newBuilder(asked).timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
            tally.count(what + " " + response.statusCode());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException e) {
            tally.count(what + " without an answer (" + e.getClass().getSimpleName() + ")");
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
    }
}
