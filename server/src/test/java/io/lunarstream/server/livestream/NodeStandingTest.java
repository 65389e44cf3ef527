package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.livestream.NodeReport.HeldStream;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeStandingTest {
    private static final UUID NODE = new UUID(0, 1);
    private static final UUID ANOTHER = new UUID(0, 2);
    private static final long FENCE = 3;

    /// The token is good, revoked, or none is known; the fence is the current one, an old one, or none is known. The
    /// verdict is a reason, or what becomes of a stream that goes on.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STARTED       |                   | good    | current | goes on",
                "STARTED       |                   | good    | old     | goes on",
                "STARTED       |                   | none    | none    | goes on",
                "STARTED       |                   | revoked | current | token_revoked",
                "ENDED         | media_server_lost | good    | old     | starts again",
                "ENDED         | media_server_lost | none    | none    | starts again",
                "ENDED         | media_server_lost | good    | current | goes on",
                "ENDED         | media_server_lost | revoked | old     | token_revoked",
                "READY_FOR_USE | media_server_lost | good    | old     | starts again",
                "READY_FOR_USE | media_server_lost | none    | none    | starts again",
                "READY_FOR_USE |                   | good    | current | goes on",
                "READY_FOR_USE |                   | none    | none    | goes on",
                "READY_FOR_USE | token_revoked     | none    | none    | token_revoked",
                "READY_FOR_USE | api_ended         | good    | current | goes on",
                "ENDED         | client_stopped    | good    | current | goes on",
                "ENDED         | client_stopped    | good    | old     | goes on",
                "ENDED         | client_stopped    | none    | none    | client_stopped",
                "ENDED         | api_ended         | revoked | current | api_ended",
                "ENDED         | api_ended         | none    | none    | api_ended",
                "TOKEN_EXPIRED | token_expired     | none    | none    | token_expired",
                "TOKEN_EXPIRED | token_expired     | good    | current | goes on",
            })
    void aStreamGoesOnOrIsOver(LivestreamStatus status, String endReason, String token, String fence, String verdict) {
        Optional<EndReason> reason = Optional.ofNullable(endReason).map(EndReason::ofApiName);
        NodeStanding standing = standing(NODE, /* isDeleted= */ false, status, reason);
        HeldStream stream = stream(
                token.equals("none") ? Optional.empty() : Optional.of(new UUID(0, 4)),
                switch (fence) {
                    case "current" -> Optional.of(FENCE);
                    case "old" -> Optional.of(FENCE - 1);
                    default -> Optional.empty();
                });
        String found = standing.over(stream, NODE, token.equals("good"))
                .map(EndReason::apiName)
                .orElseGet(() -> standing.startsAgain(stream) ? "starts again" : "goes on");
        assertThat(found).isEqualTo(verdict);
    }

    @Test
    void whatIsDeletedOrLivesElsewhereIsOverWhateverItsState() {
        HeldStream stream = stream(Optional.of(new UUID(0, 4)), Optional.of(FENCE));
        NodeStanding deleted = standing(NODE, /* isDeleted= */ true, LivestreamStatus.STARTED, Optional.empty());
        assertThat(deleted.over(stream, NODE, /* isTokenGood= */ true)).contains(EndReason.API_ENDED);
        NodeStanding moved = standing(ANOTHER, /* isDeleted= */ false, LivestreamStatus.STARTED, Optional.empty());
        assertThat(moved.over(stream, NODE, /* isTokenGood= */ true)).contains(EndReason.MEDIA_SERVER_LOST);
    }

    @Test
    void aWordCountsFromItsHomeAndWithTheCurrentFenceOnly() {
        NodeStanding here = standing(NODE, /* isDeleted= */ false, LivestreamStatus.STARTED, Optional.empty());
        assertThat(here.heeds(NODE, Optional.of(FENCE))).isTrue();
        assertThat(here.heeds(NODE, Optional.of(FENCE - 1))).isFalse();
        assertThat(here.heeds(NODE, Optional.empty())).isFalse();
        assertThat(here.heeds(ANOTHER, Optional.of(FENCE))).isFalse();
        assertThat(standing(NODE, /* isDeleted= */ true, LivestreamStatus.STARTED, Optional.empty())
                        .heeds(NODE, Optional.of(FENCE)))
                .isFalse();
    }

    private static NodeStanding standing(
            UUID home, boolean isDeleted, LivestreamStatus status, Optional<EndReason> endReason) {
        return new NodeStanding(
                new UUID(0, 3),
                "0123456789abcdef0123456789abcdef",
                home,
                isDeleted,
                FENCE,
                status,
                Optional.empty(),
                endReason,
                Instant.EPOCH,
                Optional.empty());
    }

    private static HeldStream stream(Optional<UUID> tokenId, Optional<Long> fence) {
        return new HeldStream(new UUID(0, 3), tokenId, fence, 0, /* connected= */ true, "{}");
    }
}
