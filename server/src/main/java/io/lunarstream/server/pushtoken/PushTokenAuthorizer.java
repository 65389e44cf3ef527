package io.lunarstream.server.pushtoken;

import io.lunarstream.server.database.DatabaseUnavailableException;
import io.lunarstream.server.live.PublishAuthorizer;
import io.lunarstream.server.live.PublishDecision;
import io.lunarstream.server.live.PublishDecision.Refused;
import io.lunarstream.server.live.PublishRefusal;
import io.lunarstream.server.live.PublishRequest;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets publishers in by their push tokens, each on a thread of its own. Fails closed.
public final class PushTokenAuthorizer implements PublishAuthorizer {
    private static final Logger LOG = LoggerFactory.getLogger(PushTokenAuthorizer.class);

    private final PushTokens pushTokens;
    private final UUID mediaServerId;
    private final PublishDecisions decisions = new PublishDecisions();

    /// @param mediaServerId the media server that publishers come to
    public PushTokenAuthorizer(PushTokens pushTokens, UUID mediaServerId) {
        this.pushTokens = pushTokens;
        this.mediaServerId = mediaServerId;
    }

    @Override
    public CompletionStage<PublishDecision> authorize(PublishRequest request) {
        return decisions.make(request, this::decide);
    }

    private PublishDecision decide(PublishRequest request) {
        try {
            return pushTokens.verify(request.streamKey(), request.pushToken(), mediaServerId);
        } catch (DatabaseUnavailableException e) {
            LOG.warn("publisher from {} refused: {}", request.remoteAddress(), e.getMessage());
            return new Refused(PublishRefusal.UNAVAILABLE);
        }
    }
}
