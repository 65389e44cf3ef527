package io.lunarstream.server.livestream;

import io.lunarstream.server.cluster.Change;
import io.lunarstream.server.cluster.Change.AnythingChanged;
import io.lunarstream.server.cluster.Change.LivestreamChanged;
import io.lunarstream.server.cluster.Change.SigningKeysChanged;
import io.lunarstream.server.live.LiveStreams;

/// What other nodes have changed: what is in memory here is forgotten or held against the database. Never waits.
public final class OtherNodes {
    private final PublicLivestreams inMemory;
    private final LiveStreams live;
    private final Broadcasts broadcasts;

    public OtherNodes(PublicLivestreams inMemory, LiveStreams live, Broadcasts broadcasts) {
        this.inMemory = inMemory;
        this.live = live;
        this.broadcasts = broadcasts;
    }

    /// Something has been committed to the database.
    public void changed(Change change) {
        switch (change) {
            case LivestreamChanged(String streamKey) -> {
                inMemory.forget(streamKey);
                // Messages about streams of other nodes are many, and each sweep asks the database.
                if (live.isPermitted(streamKey)) {
                    broadcasts.sweepNow();
                }
            }
            case SigningKeysChanged() -> broadcasts.sweepNow();
            case AnythingChanged() -> {
                inMemory.forgetAll();
                broadcasts.sweepNow();
            }
        }
    }
}
