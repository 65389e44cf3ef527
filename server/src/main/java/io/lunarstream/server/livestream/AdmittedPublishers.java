package io.lunarstream.server.livestream;

import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.live.PublishPermit;
import io.lunarstream.server.pushtoken.PushTokens;
import io.lunarstream.server.pushtoken.TokenStanding;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Holds the publishers of this node against what other nodes have written since they were let in.
///
/// | the database says | here |
/// |---|---|
/// | the token is revoked, or the livestream deleted | the broadcast ends |
/// | the deadline is later | the publisher is cut later |
final class AdmittedPublishers {
    private final PushTokens pushTokens;
    private final LiveStreams live;

    AdmittedPublishers(PushTokens pushTokens, LiveStreams live) {
        this.pushTokens = pushTokens;
        this.live = live;
    }

    /// Asks the database about all of them.
    void check() {
        Map<UUID, PublishPermit> permits = live.permits().stream()
                .collect(Collectors.toMap(PublishPermit::tokenId, Function.identity(), (one, same) -> one));
        for (TokenStanding standing : pushTokens.standings(List.copyOf(permits.keySet()))) {
            PublishPermit permit = permits.get(standing.jti());
            if (permit != null && standing.isUsable()) {
                live.moveDeadline(permit.streamKey(), pushTokens.cutAt(standing.deadline()));
            } else if (permit != null) {
                live.withdraw(permit, reason(standing));
            }
        }
    }

    private static EndReason reason(TokenStanding standing) {
        boolean byApi = standing.endReason()
                .filter(EndReason.API_ENDED.apiName()::equals)
                .isPresent();
        return byApi ? EndReason.API_ENDED : EndReason.TOKEN_REVOKED;
    }
}
