package io.lunarstream.server.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.UUID;

/// The fencing numbers of livestreams that this node has, or has had, a broadcast of. The API ignores words that carry
/// an older one than its own: somebody else has had the livestream since.
public final class Fences {

    /// As many as the largest `media-server.max-streams`; the ones that were not needed for longest make room.
    private static final int MOST = 100_000;

    private final Cache<UUID, Long> byLivestream =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /// A fence only grows: the answer to an older question may come later.
    void learn(UUID livestreamId, long fence) {
        byLivestream.asMap().merge(livestreamId, fence, Math::max);
    }

    /// Empty for a broadcast of before a restart that the API has not yet been told of.
    Optional<Long> of(UUID livestreamId) {
        return Optional.ofNullable(byLivestream.getIfPresent(livestreamId));
    }
}
