package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Database;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.pushtoken.PushTokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The control plane's part in broadcasts: a recorder for what is told, a sweeper for what nobody tells.
public final class Broadcasts implements AutoCloseable {
    private final Database database;
    private final StatusRepository repository = new StatusRepository();
    private final InstantSource clock;
    private final LostBroadcasts lost;
    private final BroadcastRecorder recorder;
    private @Nullable LivestreamSweeper sweeper;

    /// @param inMemory is told of every change
    /// @param hasMediaServer whether broadcasts of an earlier run are waited for; those of a media server elsewhere
    ///     are not this program's to end
    /// @param reconnectWindow what broadcasts of an earlier run are given to come back
    public Broadcasts(
            Database database,
            PublicLivestreams inMemory,
            boolean hasMediaServer,
            Duration reconnectWindow,
            InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.lost = new LostBroadcasts(
                hasMediaServer ? database.read(repository::started) : List.of(),
                clock.instant().plus(reconnectWindow));
        this.recorder = new BroadcastRecorder(database, repository, inMemory, lost, clock);
    }

    /// What the media plane tells.
    public BroadcastRecorder recorder() {
        return recorder;
    }

    /// Starts to sweep, once there are live streams to compare with.
    public void sweep(PushTokens pushTokens, LiveStreams live, ForeignBroadcasts foreign, NodeBroadcasts nodes) {
        sweeper = new LivestreamSweeper(database, repository, pushTokens, live, foreign, nodes, lost, recorder, clock);
    }

    /// Sweeps as soon as possible, because another node has changed something.
    public void sweepNow() {
        if (sweeper != null) {
            sweeper.sweepNow();
        }
    }

    @Override
    public void close() {
        if (sweeper != null) {
            sweeper.close();
        }
        recorder.close();
    }
}
