package io.lunarstream.server.livestream;

import io.lunarstream.server.live.StreamAbsence;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Tells the origin why there is nothing to play at a stream key: from memory, or as soon as the database answers.
public final class StreamAbsences implements Function<String, CompletionStage<StreamAbsence>> {

    /// How many answers may be under way; more wait only when the database is stuck, and then a queue would not help.
    private static final int MAX_UNDER_WAY = 512;

    private final PublicLivestreams livestreams;
    private final Semaphore underWay = new Semaphore(MAX_UNDER_WAY);

    public StreamAbsences(PublicLivestreams livestreams) {
        this.livestreams = livestreams;
    }

    /// Completes exceptionally if the database must be asked and cannot be.
    @Override
    public CompletionStage<StreamAbsence> apply(String streamKey) {
        if (!underWay.tryAcquire()) {
            return CompletableFuture.failedStage(new IllegalStateException("too many answers under way"));
        }
        return livestreams
                .ask(streamKey)
                .whenComplete((_, _) -> underWay.release())
                .thenApply(StreamAbsences::of);
    }

    /// @param livestream the one that the stream key names, if it names one
    static StreamAbsence of(Optional<PublicLivestream> livestream) {
        return livestream
                .map(found -> found.endedAt().isPresent() ? StreamAbsence.ENDED : StreamAbsence.NOT_STARTED)
                .orElse(StreamAbsence.NOT_FOUND);
    }
}
