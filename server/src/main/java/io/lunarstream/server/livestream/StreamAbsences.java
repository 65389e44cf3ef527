package io.lunarstream.server.livestream;

import io.lunarstream.server.live.StreamAbsence;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Tells the origin why there is nothing to play at a stream key: from the database, each answer on a thread of its
/// own.
public final class StreamAbsences implements Function<String, CompletionStage<StreamAbsence>> {

    /// How many answers may be under way; more wait only when the database is stuck, and then a queue would not help.
    private static final int MAX_UNDER_WAY = 512;

    private final LivestreamService livestreams;
    private final Semaphore underWay = new Semaphore(MAX_UNDER_WAY);

    public StreamAbsences(LivestreamService livestreams) {
        this.livestreams = livestreams;
    }

    /// Completes exceptionally if the database cannot be asked.
    @Override
    public CompletionStage<StreamAbsence> apply(String streamKey) {
        if (!underWay.tryAcquire()) {
            return CompletableFuture.failedStage(new IllegalStateException("too many answers under way"));
        }
        return CompletableFuture.supplyAsync(() -> absence(streamKey), Thread::startVirtualThread)
                .whenComplete((_, _) -> underWay.release());
    }

    private StreamAbsence absence(String streamKey) {
        return livestreams
                .findPublic(streamKey)
                .map(livestream -> livestream.endedAt().isPresent() ? StreamAbsence.ENDED : StreamAbsence.NOT_STARTED)
                .orElse(StreamAbsence.NOT_FOUND);
    }
}
