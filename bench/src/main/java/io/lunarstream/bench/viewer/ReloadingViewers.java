package io.lunarstream.bench.viewer;

import io.lunarstream.bench.host.BenchException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Viewers with low latency: each waits by blocking reload for the next part's playlist, over and over. They fetch no
/// parts.
public final class ReloadingViewers implements AutoCloseable {

    /// When the first and the last viewer had a playlist with a certain edge, as `System.nanoTime`.
    private record Arrivals(long firstNs, long lastNs) {
        Arrivals and(Arrivals other) {
            return new Arrivals(Math.min(firstNs, other.firstNs), Math.max(lastNs, other.lastNs));
        }
    }

    private final URI playlist;
    private final LongAdder reloads = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final Map<LiveEdge, Arrivals> arrivals = new ConcurrentHashMap<>();
    private final List<Thread> viewers = new ArrayList<>();
    private volatile boolean over;

    /// @param count of viewers, each on a connection of its own while it waits
    /// @param playlist a media playlist with parts
    public ReloadingViewers(int count, LivePlaylist.Seen playlist) {
        this.playlist = playlist.address();
        for (int i = 0; i < count; i++) {
            viewers.add(Thread.ofVirtual().start(() -> view(playlist.edge())));
        }
    }

    private void view(LiveEdge first) {
        LiveEdge edge = first;
        while (!over) {
            try {
                String text = LivePlaylist.get(URI.create(playlist + edge.query()))
                        .orElseThrow(() -> new BenchException("no playlist"));
                edge = LiveEdge.of(text);
                long nowNs = System.nanoTime();
                arrivals.merge(edge, new Arrivals(nowNs, nowNs), Arrivals::and);
                reloads.increment();
            } catch (BenchException _) {
                failures.increment();
                return;
            }
        }
    }

    /// Playlists that have come so far.
    ///
    /// @throws BenchException if a viewer got none
    public long reloads() {
        if (failures.sum() > 0) {
            throw new BenchException(failures.sum() + " viewers got no playlist");
        }
        return reloads.sum();
    }

    /// From the first viewer's playlist to the last one's, for each part so far, in milliseconds.
    public List<Double> spreadsMs() {
        return arrivals.values().stream()
                .map(arrival -> (arrival.lastNs() - arrival.firstNs()) / 1e6)
                .toList();
    }

    /// Ends when each has its next playlist.
    @Override
    public void close() {
        over = true;
        for (Thread viewer : viewers) {
            try {
                viewer.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
