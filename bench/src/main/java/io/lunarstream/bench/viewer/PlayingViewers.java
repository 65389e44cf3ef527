package io.lunarstream.bench.viewer;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpConnectOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// Viewers who play a live stream as HLS players do, each on a connection of its own, all on one event loop.
public final class PlayingViewers implements AutoCloseable {
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private final HttpClientAgent client = vertx.createHttpClient();
    private final URI playlist;
    private final Tally tally = new Tally();
    private int viewers;

    /// What has been fetched so far.
    ///
    /// @param bytes of segments
    /// @param late segments that took longer to come than they take to play
    /// @param missed segments that left the playlist before a viewer came to them
    /// @param failed viewers who are gone, because a request failed
    public record Fetched(long bytes, long segments, long late, long missed, long failed) {

        /// What has been fetched since another look.
        public Fetched since(Fetched before) {
            return new Fetched(
                    bytes - before.bytes,
                    segments - before.segments,
                    late - before.late,
                    missed - before.missed,
                    failed - before.failed);
        }
    }

    /// Counts for all viewers.
    static final class Tally {
        private final LongAdder bytes = new LongAdder();
        private final LongAdder segments = new LongAdder();
        private final LongAdder late = new LongAdder();
        private final LongAdder missed = new LongAdder();
        private final LongAdder failed = new LongAdder();

        void bytes(int more) {
            bytes.add(more);
        }

        void segment(boolean wasLate) {
            segments.increment();
            late.add(wasLate ? 1 : 0);
        }

        void miss(long more) {
            missed.add(more);
        }

        void fail() {
            failed.increment();
        }
    }

    /// @param playlist a media playlist
    public PlayingViewers(URI playlist) {
        this.playlist = playlist;
    }

    /// More viewers join.
    ///
    /// @param to how many there are then
    /// @param over in which time they come, evenly
    public void grow(int to, Duration over) {
        int coming = to - viewers;
        for (int i = 0; i < coming; i++) {
            vertx.setTimer(1 + over.toMillis() * i / coming, _ -> join());
        }
        viewers = Math.max(viewers, to);
    }

    private void join() {
        client.connect(new HttpConnectOptions().setHost(playlist.getHost()).setPort(playlist.getPort()))
                .onSuccess(connection -> new PlayingViewer(vertx, connection, playlist, tally).view())
                .onFailure(_ -> tally.fail());
    }

    /// What all of them have fetched so far.
    public Fetched fetched() {
        return new Fetched(
                tally.bytes.sum(), tally.segments.sum(), tally.late.sum(), tally.missed.sum(), tally.failed.sum());
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
