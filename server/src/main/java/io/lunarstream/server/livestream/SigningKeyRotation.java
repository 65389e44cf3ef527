package io.lunarstream.server.livestream;

import io.lunarstream.server.audit.AuditAction;
import io.lunarstream.server.audit.AuditLog;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.pushtoken.PushTokens;
import io.lunarstream.server.pushtoken.SigningKeys;
import io.lunarstream.server.pushtoken.SigningKeys.Rotated;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Changes the key that signs push tokens.
///
/// | rotation | tokens made so far | publishers |
/// |---|---|---|
/// | gentle | good until they expire; then their key is dropped | notice nothing |
/// | at once, after a theft | revoked, all of them | cut: nobody can tell who came in on a forged token |
///
/// Source: the Partner API, push tokens.
public final class SigningKeyRotation {
    /// How long an answer waits for publishers to be cut, which is promised within 5 s.
    private static final Duration CUT_TIMEOUT = Duration.ofSeconds(5);

    private final Database database;
    private final SigningKeys keys;
    private final PushTokens pushTokens;
    private final StatusRepository statuses = new StatusRepository();
    private final PublicLivestreams inMemory;
    private final LiveStreams live;
    private final AuditLog audit;
    private final InstantSource clock;

    /// @param inMemory is told of every change
    public SigningKeyRotation(
            Database database,
            SigningKeys keys,
            PushTokens pushTokens,
            PublicLivestreams inMemory,
            LiveStreams live,
            AuditLog audit,
            InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.pushTokens = pushTokens;
        this.inMemory = inMemory;
        this.live = live;
        this.audit = audit;
        this.clock = clock;
    }

    /// Signs with a new key from now on.
    ///
    /// The new keys are on the disk before the database commits. Whoever gets no answer, as the program has died in
    /// between, rotates again; old keys that were to be retired are refused already.
    ///
    /// @param retireNow whether all tokens so far are refused at once
    public Rotated rotate(boolean retireNow) {
        List<String> streamKeys = new ArrayList<>();
        Rotated rotated = database.writeOnce(transaction -> {
            audit.record(transaction, AuditAction.SIGNING_KEY_ROTATED, Optional.empty(), Optional.empty());
            if (retireNow) {
                Instant now = clock.instant();
                Map<UUID, String> revoked = pushTokens.revokeEverywhere(transaction);
                revoked.keySet().forEach(id -> statuses.end(transaction, id, EndReason.TOKEN_REVOKED, now, now));
                streamKeys.addAll(revoked.values());
            }
            return keys.rotate(retireNow, clock.instant());
        });
        streamKeys.forEach(inMemory::changed);
        cut(streamKeys);
        return rotated;
    }

    private void cut(List<String> streamKeys) {
        CompletableFuture.allOf(streamKeys.stream()
                        .map(streamKey ->
                                live.end(streamKey, EndReason.TOKEN_REVOKED).toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, CUT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
