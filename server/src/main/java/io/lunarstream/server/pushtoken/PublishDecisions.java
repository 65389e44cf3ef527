package io.lunarstream.server.pushtoken;

import io.lunarstream.server.live.PublishDecision;
import io.lunarstream.server.live.PublishDecision.Refused;
import io.lunarstream.server.live.PublishRefusal;
import io.lunarstream.server.live.PublishRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes decisions about publishers that may block, each on a thread of its own. Fails closed.
public final class PublishDecisions {
    private static final Logger LOG = LoggerFactory.getLogger(PublishDecisions.class);

    /// How many may be under way. One takes some milliseconds; more than this wait only when what is asked is stuck,
    /// and then a queue would not help.
    private static final int MAX_UNDER_WAY = 512;

    private final Semaphore underWay = new Semaphore(MAX_UNDER_WAY);

    /// Answers at once; the stage completes on any thread, and never exceptionally.
    ///
    /// @param decide may block
    public CompletionStage<PublishDecision> make(
            PublishRequest request, Function<PublishRequest, PublishDecision> decide) {
        if (!underWay.tryAcquire()) {
            return CompletableFuture.completedStage(new Refused(PublishRefusal.UNAVAILABLE));
        }
        CompletableFuture<PublishDecision> decision = new CompletableFuture<>();
        Thread.ofVirtual().name("authorize-publisher").start(() -> {
            try {
                decision.complete(made(request, decide));
            } finally {
                underWay.release();
            }
        });
        return decision;
    }

    private static PublishDecision made(PublishRequest request, Function<PublishRequest, PublishDecision> decide) {
        try {
            return decide.apply(request);
        } catch (RuntimeException e) {
            LOG.error("publisher from {} refused", request.remoteAddress(), e);
            return new Refused(PublishRefusal.UNAVAILABLE);
        }
    }
}
