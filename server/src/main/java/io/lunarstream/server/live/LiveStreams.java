package io.lunarstream.server.live;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Every live stream of this media server, by stream key. Safe to call from any thread; nothing here blocks.
public final class LiveStreams {

    /// What comes in on a stream key; empty unless a publisher is connected or the reconnect window runs.
    public Optional<IngestStatus> ingest(String streamKey) {
        return Optional.empty();
    }

    /// How many publishers are connected.
    public int publishers() {
        return 0;
    }

    /// Ends the broadcast of a stream key now, if there is one: cuts the publisher and closes the playlist. The stage
    /// completes when both are done, with whether there was one.
    public CompletionStage<Boolean> end(String streamKey, EndReason reason) {
        return CompletableFuture.completedStage(false);
    }

    /// Moves the deadline of a livestream's publisher, if one is connected.
    public void moveDeadline(UUID livestreamId, Instant deadline) {}
}
