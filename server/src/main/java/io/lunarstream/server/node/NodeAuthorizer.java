package io.lunarstream.server.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.live.PublishAuthorizer;
import io.lunarstream.server.live.PublishDecision;
import io.lunarstream.server.live.PublishDecision.Permitted;
import io.lunarstream.server.live.PublishDecision.Refused;
import io.lunarstream.server.live.PublishPermit;
import io.lunarstream.server.live.PublishRefusal;
import io.lunarstream.server.live.PublishRequest;
import io.lunarstream.server.pushtoken.PublishDecisions;
import io.lunarstream.server.pushtoken.TokenClaims;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets publishers in at a media node, each on a thread of its own. Fails closed.
///
/// | a token | the API answers | the API is away |
/// |---|---|---|
/// | without a good signature | not asked: refused | refused, or told to come back if its key is unknown |
/// | that the publisher of a broadcast of now was let in on | decides | let in, if it has not expired |
/// | any other | decides | told to come back |
///
/// Source: operations, "Many machines"; the Partner API, push-auth.
public final class NodeAuthorizer implements PublishAuthorizer {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAuthorizer.class);
    private static final String PATH = "/api/v1/push-auth";

    private static final double MILLIS_PER_SECOND = 1000;

    private final ApiNodes api;
    private final PublicKeys keys;
    private final LiveStreams live;
    private final Fences fences;
    private final InstantSource clock;
    private final PublishDecisions decisions = new PublishDecisions();

    /// @param live whose broadcasts go on while the API is away
    public NodeAuthorizer(ApiNodes api, LiveStreams live, Fences fences, InstantSource clock) {
        this.api = api;
        this.keys = new PublicKeys(api, clock);
        this.live = live;
        this.fences = fences;
        this.clock = clock;
    }

    @Override
    public CompletionStage<PublishDecision> authorize(PublishRequest request) {
        return decisions.make(request, this::decide);
    }

    private PublishDecision decide(PublishRequest request) {
        try {
            return TokenClaims.verify(request.pushToken(), keys::find)
                    .map(claims -> decide(request, claims))
                    .orElseGet(() -> new Refused(PublishRefusal.INVALID_PUSH_TOKEN));
        } catch (ApiAwayException e) {
            return unavailable(request, e);
        }
    }

    /// An encoder that was let in before does not wait for an API that is known to be away. If it should not come in
    /// any more, the answer to the next report cuts it.
    private PublishDecision decide(PublishRequest request, TokenClaims claims) {
        Optional<PublishPermit> earlier = admittedBefore(request, claims);
        if (earlier.isPresent() && !api.isThere()) {
            return new Permitted(earlier.get());
        }
        try {
            JsonNode verdict = api.post(
                    PATH,
                    Map.of(
                            "app",
                            "live",
                            "stream",
                            request.streamKey(),
                            "params",
                            "pushToken=" + request.pushToken(),
                            "ip",
                            request.remoteAddress()));
            return verdict.path("code").asInt(-1) == 0 ? permitted(verdict.path("permit")) : refused(verdict);
        } catch (ApiAwayException e) {
            return earlier.<PublishDecision>map(Permitted::new).orElseGet(() -> unavailable(request, e));
        }
    }

    /// A broadcast that goes on learns its fence from the answer to a report: one that the API had given up is known to
    /// it by its old fence, and `STARTED` again.
    private PublishDecision permitted(JsonNode permit) {
        UUID livestreamId = UUID.fromString(permit.path("livestreamId").asText());
        String streamKey = permit.path("streamKey").asText();
        if (live.ingest(streamKey).isEmpty()) {
            fences.learn(livestreamId, permit.path("fence").asLong());
        }
        return new Permitted(new PublishPermit(
                livestreamId,
                streamKey,
                UUID.fromString(permit.path("tokenId").asText()),
                Instant.parse(permit.path("cutAt").asText()),
                keyframeInterval(permit.path("keyframeIntervalSeconds"))));
    }

    private static Optional<Duration> keyframeInterval(JsonNode seconds) {
        return seconds.isNumber()
                ? Optional.of(Duration.ofMillis(Math.round(seconds.asDouble() * MILLIS_PER_SECOND)))
                : Optional.empty();
    }

    private static PublishDecision refused(JsonNode verdict) {
        String word = verdict.path("error").asText();
        return new Refused(Arrays.stream(PublishRefusal.values())
                .filter(reason -> reason.name().equals(word))
                .findFirst()
                .orElse(PublishRefusal.INVALID_PUSH_TOKEN));
    }

    /// What this very token was let in on, if its broadcast goes on.
    private Optional<PublishPermit> admittedBefore(PublishRequest request, TokenClaims claims) {
        return live.permits().stream()
                .filter(permit -> permit.tokenId().equals(claims.jti())
                        && permit.streamKey().equals(request.streamKey())
                        && claims.expiresAt().isAfter(clock.instant()))
                .findFirst();
    }

    private static PublishDecision unavailable(PublishRequest request, ApiAwayException cause) {
        LOG.warn("publisher from {} refused: {}", request.remoteAddress(), cause.getMessage());
        return new Refused(PublishRefusal.UNAVAILABLE);
    }
}
