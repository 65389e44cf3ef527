package io.lunarstream.server.pushtoken;

import com.nimbusds.jose.jwk.RSAKey;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.live.PublishDecision;
import io.lunarstream.server.live.PublishDecision.Permitted;
import io.lunarstream.server.live.PublishDecision.Refused;
import io.lunarstream.server.live.PublishPermit;
import io.lunarstream.server.live.PublishRefusal;
import io.lunarstream.server.pushtoken.PushToken.Subject;
import io.lunarstream.server.pushtoken.PushTokenRepository.IssuedToken;
import io.lunarstream.server.pushtoken.PushTokenRepository.StoredToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The rules of push tokens: made, revoked and checked. Source: the Partner API, push tokens.
public final class PushTokens {
    private final Database database;
    private final PushTokenRepository repository;
    private final SigningKeys keys;
    private final Duration leeway;
    private final InstantSource clock;

    /// @param leeway by how much a token outlives its `exp`
    public PushTokens(
            Database database, PushTokenRepository repository, SigningKeys keys, Duration leeway, InstantSource clock) {
        this.database = database;
        this.repository = repository;
        this.keys = keys;
        this.leeway = leeway;
        this.clock = clock;
    }

    /// Signs a new token. It is good once it is stored: see [#issue].
    public PushToken sign(Subject subject, Duration lifetime) {
        Instant issuedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return signed(new TokenClaims(UUID.randomUUID(), subject, issuedAt, issuedAt.plus(lifetime)), keys.current());
    }

    /// Signs a stored token again: the same text comes out, as long as its signing key is there.
    ///
    /// @param subject what it was signed for
    public PushToken signAgain(Handle handle, UUID jti, Subject subject) {
        IssuedToken issued = repository.issued(handle, jti);
        return signed(new TokenClaims(jti, subject, issued.issuedAt(), issued.expiresAt()), keys.named(issued.keyId()));
    }

    private static PushToken signed(TokenClaims claims, RSAKey key) {
        return new PushToken(
                claims.jti(),
                claims.subject().livestreamId(),
                key.getKeyID(),
                claims.issuedAt(),
                claims.expiresAt(),
                claims.sign(key));
    }

    /// Stores a signed token.
    ///
    /// @return the livestream's deadline: the latest `exp` of its unrevoked tokens
    public Instant issue(Handle transaction, PushToken token) {
        repository.insert(transaction, token);
        return repository.latestExpiry(transaction, token.livestreamId());
    }

    /// Makes every token so far of a livestream invalid.
    public void revokeAll(Handle transaction, UUID livestreamId) {
        repository.revokeAll(transaction, livestreamId, clock.instant());
    }

    /// When a publisher is cut that has a deadline: the leeway counts for admission and cut alike.
    public Instant cutAt(Instant deadline) {
        return deadline.plus(leeway);
    }

    /// The latest deadline that has passed by now.
    public Instant passedDeadline() {
        return clock.instant().minus(leeway);
    }

    /// Decides about a publisher. Tested in this order: signature, type, revoked or deleted, `exp`, match.
    ///
    /// @param mediaServerId the media server that the token is used on
    /// @throws io.lunarstream.server.database.DatabaseUnavailableException if the decision cannot be made now
    public PublishDecision verify(String streamKey, String token, UUID mediaServerId) {
        Optional<TokenClaims> verified = TokenClaims.verify(token, keys);
        if (verified.isEmpty()) {
            return new Refused(PublishRefusal.INVALID_PUSH_TOKEN);
        }
        TokenClaims claims = verified.get();
        Optional<StoredToken> stored =
                database.read(handle -> repository.find(handle, claims.jti())).filter(StoredToken::isUsable);
        if (stored.isEmpty()) {
            return new Refused(PublishRefusal.INVALID_PUSH_TOKEN);
        }
        if (!claims.expiresAt().isAfter(passedDeadline())) {
            return new Refused(PublishRefusal.EXPIRED_PUSH_TOKEN);
        }
        return matches(claims.subject(), stored.get(), streamKey, mediaServerId)
                ? new Permitted(permit(claims, stored.get()))
                : new Refused(PublishRefusal.TOKEN_MISMATCH);
    }

    private static boolean matches(Subject subject, StoredToken stored, String streamKey, UUID mediaServerId) {
        return subject.streamKey().equals(streamKey)
                && stored.streamKey().equals(streamKey)
                && subject.mediaServerId().equals(mediaServerId)
                && stored.mediaServerId().equals(mediaServerId);
    }

    private PublishPermit permit(TokenClaims claims, StoredToken stored) {
        return new PublishPermit(
                stored.livestreamId(),
                stored.streamKey(),
                claims.jti(),
                cutAt(stored.deadline()),
                stored.keyframeInterval());
    }
}
