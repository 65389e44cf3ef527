package io.lunarstream.server.pushtoken;

import io.lunarstream.server.database.DatabaseUnavailableException;
import io.lunarstream.server.live.PublishAuthorizer;
import io.lunarstream.server.live.PublishDecision;
import io.lunarstream.server.live.PublishDecision.Refused;
import io.lunarstream.server.live.PublishRefusal;
import io.lunarstream.server.live.PublishRequest;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets publishers in by their push tokens, each on a thread of its own. Fails closed.
public final class PushTokenAuthorizer implements PublishAuthorizer {
    private static final Logger LOG = LoggerFactory.getLogger(PushTokenAuthorizer.class);

    /// How many decisions may be under way. A signature takes well under a millisecond; more than this wait only
    /// when the database is stuck, and then a queue would not help.
    private static final int MAX_UNDER_WAY = 512;

    private final PushTokens pushTokens;
    private final UUID mediaServerId;
    private final Semaphore underWay = new Semaphore(MAX_UNDER_WAY);

    /// @param mediaServerId the media server that publishers come to
    public PushTokenAuthorizer(PushTokens pushTokens, UUID mediaServerId) {
        this.pushTokens = pushTokens;
        this.mediaServerId = mediaServerId;
    }

    @Override
    public CompletionStage<PublishDecision> authorize(PublishRequest request) {
        if (!underWay.tryAcquire()) {
            return CompletableFuture.completedStage(new Refused(PublishRefusal.UNAVAILABLE));
        }
        CompletableFuture<PublishDecision> decision = new CompletableFuture<>();
        Thread.ofVirtual().name("authorize-publisher").start(() -> {
            try {
                decision.complete(decide(request));
            } finally {
                underWay.release();
            }
        });
        return decision;
    }

    private PublishDecision decide(PublishRequest request) {
        try {
            return pushTokens.verify(request.streamKey(), request.pushToken(), mediaServerId);
        } catch (DatabaseUnavailableException e) {
            LOG.warn("publisher from {} refused: {}", request.remoteAddress(), e.getMessage());
            return new Refused(PublishRefusal.UNAVAILABLE);
        } catch (RuntimeException e) {
            LOG.error("publisher from {} refused", request.remoteAddress(), e);
            return new Refused(PublishRefusal.UNAVAILABLE);
        }
    }
}
