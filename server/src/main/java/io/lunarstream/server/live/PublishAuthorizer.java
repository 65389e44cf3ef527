package io.lunarstream.server.live;

import java.util.concurrent.CompletionStage;

/// Decides whether a publisher may send to a stream key. The one question the media plane asks the control plane.
public interface PublishAuthorizer {

    /// Answers without blocking the caller, which is an event loop: the work goes on elsewhere and the stage
    /// completes on any thread. An answer that cannot be had (a database that is down) completes with
    /// [PublishRefusal#UNAVAILABLE]; the stage never completes exceptionally.
    CompletionStage<PublishDecision> authorize(PublishRequest request);
}
