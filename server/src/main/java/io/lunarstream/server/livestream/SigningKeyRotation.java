package io.lunarstream.server.livestream;

import io.lunarstream.server.audit.AuditAction;
import io.lunarstream.server.audit.AuditLog;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.DatabaseUnavailableException;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.pushtoken.PushTokens;
import io.lunarstream.server.pushtoken.SigningKeys;
import io.lunarstream.server.pushtoken.SigningKeys.Rotated;
import io.lunarstream.server.secret.UnreadableSecretException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes the key that signs push tokens.
///
/// | rotation | tokens made so far | publishers |
/// |---|---|---|
/// | gentle | good until they expire; then their key is dropped | notice nothing |
/// | at once, after a theft | revoked, all of them | cut: nobody can tell who came in on a forged token |
///
/// Source: the Partner API, push tokens.
public final class SigningKeyRotation {
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeyRotation.class);

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
    private final Runnable rotated;

    /// @param inMemory is told of every change
    /// @param rotated tells other nodes
    public SigningKeyRotation(
            Database database,
            SigningKeys keys,
            PushTokens pushTokens,
            PublicLivestreams inMemory,
            LiveStreams live,
            AuditLog audit,
            InstantSource clock,
            Runnable rotated) {
        this.database = database;
        this.keys = keys;
        this.pushTokens = pushTokens;
        this.inMemory = inMemory;
        this.live = live;
        this.audit = audit;
        this.clock = clock;
        this.rotated = rotated;
    }

    /// Signs with a new key from now on, on this node; on others when they are told, or have looked.
    ///
    /// Keys in the database are committed with all else. Keys in a file are on the disk before that: whoever gets
    /// no answer, as the program has died in between, rotates again.
    ///
    /// @param retireNow whether all tokens so far are refused at once
    /// @throws DatabaseUnavailableException if nothing can be stored now, or this node cannot read the keys
    public Rotated rotate(boolean retireNow) {
        List<String> streamKeys = new ArrayList<>();
        try {
            Rotated done = database.writeOnce(transaction -> {
                audit.record(transaction, AuditAction.SIGNING_KEY_ROTATED, Optional.empty(), Optional.empty());
                if (retireNow) {
                    streamKeys.addAll(revokeEverywhere(transaction));
                }
                return keys.rotate(transaction, retireNow, clock.instant());
            });
            takeOver();
            streamKeys.forEach(inMemory::changed);
            cut(streamKeys);
            return done;
        } catch (UnreadableSecretException e) {
            throw new DatabaseUnavailableException(e);
        }
    }

    /// @return stream keys of the livestreams that lose their publishers
    private Collection<String> revokeEverywhere(Handle transaction) {
        Instant now = clock.instant();
        Map<UUID, String> revoked = pushTokens.revokeEverywhere(transaction);
        revoked.keySet().forEach(id -> statuses.end(transaction, id, EndReason.TOKEN_REVOKED, now, now));
        return revoked.values();
    }

    /// Does not fail, because the rotation is committed: the sweeper looks again.
    private void takeOver() {
        rotated.run();
        try {
            keys.refresh();
        } catch (DatabaseUnavailableException e) {
            LOG.warn("the new signing key is not in use yet: {}", e.getMessage());
        }
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
