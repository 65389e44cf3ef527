package io.lunarstream.server.livestream;

import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.livestream.StatusRepository.Started;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Broadcasts that were live when the program stopped, each with a fresh reconnect window.
///
/// Source: the Partner API, status ("after a restart").
final class LostBroadcasts {
    private final Instant windowEnd;
    private final Map<UUID, Started> waiting;

    /// @param started what was live when the program stopped
    /// @param windowEnd when the fresh reconnect window closes
    LostBroadcasts(List<Started> started, Instant windowEnd) {
        this.windowEnd = windowEnd;
        this.waiting = new ConcurrentHashMap<>(started.stream().collect(Collectors.toMap(Started::id, one -> one)));
    }

    List<Started> waiting() {
        return List.copyOf(waiting.values());
    }

    /// A broadcast goes on.
    void forget(UUID livestreamId) {
        waiting.remove(livestreamId);
    }

    /// A broadcast is given up, if it does not go on by now; it cannot go on while its end is being told.
    void giveUp(UUID livestreamId, Runnable tellItsEnd) {
        waiting.computeIfPresent(livestreamId, (_, _) -> {
            tellItsEnd.run();
            return null;
        });
    }

    /// Why a broadcast nobody sends to is over now; empty while it may still go on.
    ///
    /// @param cutAt when its publisher would be cut
    Optional<EndReason> over(Instant cutAt, Instant now) {
        if (!now.isBefore(cutAt)) {
            return Optional.of(EndReason.TOKEN_EXPIRED);
        }
        return now.isBefore(windowEnd) ? Optional.empty() : Optional.of(EndReason.MEDIA_SERVER_LOST);
    }
}
