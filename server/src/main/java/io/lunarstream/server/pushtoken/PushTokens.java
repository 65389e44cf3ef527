package io.lunarstream.server.pushtoken;

import com.nimbusds.jose.jwk.RSAKey;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.database.TimeOrderedId;
import io.lunarstream.server.live.PublishDecision;
import io.lunarstream.server.live.PublishDecision.Permitted;
import io.lunarstream.server.live.PublishDecision.Refused;
import io.lunarstream.server.live.PublishPermit;
import io.lunarstream.server.live.PublishRefusal;
import io.lunarstream.server.pushtoken.PushToken.Form;
import io.lunarstream.server.pushtoken.PushToken.Subject;
import io.lunarstream.server.pushtoken.PushTokenRepository.IssuedToken;
import io.lunarstream.server.pushtoken.PushTokenRepository.StoredToken;
import io.lunarstream.server.pushtoken.SigningKeys.RetiredKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rules of push tokens: made, revoked and checked. Source: the Partner API, push tokens.
public final class PushTokens {
    private static final Logger LOG = LoggerFactory.getLogger(PushTokens.class);

    /// Within this time a token is stored that was signed by a retired key: more than any request takes, and than
    /// nodes take to know of a newer one. Until then nobody can know that it needs its key.
    private static final Duration STORING = Duration.ofMinutes(1);

    /// As many values as any database takes in one statement.
    private static final int MOST_AT_ONCE = 500;

    private final Database database;
    private final PushTokenRepository repository;
    private final SigningKeys keys;
    private final OpaqueTokens opaqueTokens;
    private final Duration leeway;
    private final InstantSource clock;

    /// @param leeway by how much a token outlives its `exp`
    public PushTokens(
            Database database,
            PushTokenRepository repository,
            SigningKeys keys,
            OpaqueTokens opaqueTokens,
            Duration leeway,
            InstantSource clock) {
        this.database = database;
        this.repository = repository;
        this.keys = keys;
        this.opaqueTokens = opaqueTokens;
        this.leeway = leeway;
        this.clock = clock;
    }

    /// Makes a new token. It is good once it is stored: see [#issue].
    public PushToken make(Subject subject, Form form, Duration lifetime) {
        Instant now = clock.instant();
        UUID jti = TimeOrderedId.at(now);
        Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
        TokenClaims claims = new TokenClaims(jti, subject, issuedAt, issuedAt.plus(lifetime));
        return switch (form) {
            case JWT -> signed(claims, keys.current());
            case OPAQUE -> opaque(claims);
        };
    }

    /// Makes a stored token again: the same text comes out, as long as its signing key is there.
    ///
    /// @param subject what it was made for
    public PushToken makeAgain(Handle handle, UUID jti, Subject subject) {
        IssuedToken issued = repository.issued(handle, jti);
        TokenClaims claims = new TokenClaims(jti, subject, issued.issuedAt(), issued.expiresAt());
        return issued.keyId().map(keyId -> signed(claims, keys.named(keyId))).orElseGet(() -> opaque(claims));
    }

    private static PushToken signed(TokenClaims claims, RSAKey key) {
        return new PushToken(
                claims.jti(),
                claims.subject(),
                Optional.of(key.getKeyID()),
                claims.issuedAt(),
                claims.expiresAt(),
                claims.sign(key));
    }

    private PushToken opaque(TokenClaims claims) {
        return new PushToken(
                claims.jti(),
                claims.subject(),
                Optional.empty(),
                claims.issuedAt(),
                claims.expiresAt(),
                opaqueTokens.token(claims.jti()));
    }

    /// Stores a new token.
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

    /// Makes every token so far of every livestream invalid, whoever has made it.
    ///
    /// @return the livestreams that had a deadline to come, by id with their stream keys; it has passed now
    public Map<UUID, String> revokeEverywhere(Handle transaction) {
        return repository.revokeEverywhere(transaction, passedDeadline(), clock.instant());
    }

    /// Takes over signing keys that another node has made, and forgets the retired ones that no token needs any more.
    public void tendKeys() {
        if (keys.refresh()) {
            keys.retired().stream().filter(this::isOver).forEach(this::drop);
        }
    }

    private boolean isOver(RetiredKey key) {
        boolean isSettled = !clock.instant().isBefore(key.since().plus(STORING));
        return isSettled && !database.read(handle -> repository.isNeeded(handle, key.id(), passedDeadline()));
    }

    private void drop(RetiredKey key) {
        database.run(transaction -> keys.drop(transaction, key));
        keys.refresh();
        LOG.info("signing key {} is dropped: all of its push tokens have expired", key.id());
    }

    /// How things are with tokens of this server's publishers; without those that are not there.
    public List<TokenStanding> standings(List<UUID> tokenIds) {
        List<TokenStanding> standings = new ArrayList<>();
        for (int from = 0; from < tokenIds.size(); from += MOST_AT_ONCE) {
            List<UUID> some = tokenIds.subList(from, Math.min(tokenIds.size(), from + MOST_AT_ONCE));
            standings.addAll(database.read(handle -> repository.standings(handle, some)));
        }
        return standings;
    }

    /// Those of some tokens that are not revoked, and whose livestream is not deleted.
    public Set<UUID> usable(Handle handle, List<UUID> tokenIds) {
        return tokenIds.isEmpty()
                ? Set.of()
                : repository.standings(handle, tokenIds).stream()
                        .filter(TokenStanding::isUsable)
                        .map(TokenStanding::jti)
                        .collect(Collectors.toSet());
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
        return decide(streamKey, token, mediaServerId, StoredToken::expiresAt);
    }

    /// As [#verify], about a publisher that was let in before: it may stay until the livestream's deadline, which a
    /// newer token may have moved beyond the `exp` of its own.
    public PublishDecision verifyAgain(String streamKey, String token, UUID mediaServerId) {
        return decide(streamKey, token, mediaServerId, StoredToken::deadline);
    }

    private PublishDecision decide(
            String streamKey, String token, UUID mediaServerId, Function<StoredToken, Instant> expiry) {
        Optional<KnownToken> known =
                recognize(token).filter(candidate -> candidate.stored().isUsable());
        if (known.isEmpty()) {
            return new Refused(PublishRefusal.INVALID_PUSH_TOKEN);
        }
        StoredToken stored = known.get().stored();
        if (!expiry.apply(stored).isAfter(passedDeadline())) {
            return new Refused(PublishRefusal.EXPIRED_PUSH_TOKEN);
        }
        return known.get().matches(streamKey, mediaServerId)
                ? new Permitted(permit(stored))
                : new Refused(PublishRefusal.TOKEN_MISMATCH);
    }

    /// The livestream that a token was made for, whatever has become of the two; empty if it is no token of ours, or
    /// one for another stream key or media server.
    public Optional<UUID> livestreamOf(String streamKey, String token, UUID mediaServerId) {
        return recognize(token)
                .filter(known -> known.matches(streamKey, mediaServerId))
                .map(known -> known.stored().livestreamId());
    }

    private Optional<KnownToken> recognize(String token) {
        if (OpaqueTokens.isOne(token)) {
            return database.read(handle -> repository.findOpaque(handle, token))
                    .map(stored -> new KnownToken(
                            stored, stored.streamKey(), stored.madeFor().orElseThrow()));
        }
        return TokenClaims.verify(token, keys::publicKey)
                .flatMap(claims -> database.read(handle -> repository.find(handle, claims.jti()))
                        .map(stored -> new KnownToken(
                                stored,
                                claims.subject().streamKey(),
                                claims.subject().mediaServerId())));
    }

    /// A token of ours.
    ///
    /// @param streamKey what it was made for, as is the media server
    private record KnownToken(StoredToken stored, String streamKey, UUID mediaServerId) {

        boolean matches(String usedStreamKey, UUID usedMediaServerId) {
            return streamKey.equals(usedStreamKey)
                    && stored.streamKey().equals(usedStreamKey)
                    && mediaServerId.equals(usedMediaServerId)
                    && stored.mediaServerId().equals(usedMediaServerId);
        }
    }

    private PublishPermit permit(StoredToken stored) {
        return new PublishPermit(
                stored.livestreamId(),
                stored.streamKey(),
                stored.jti(),
                cutAt(stored.deadline()),
                stored.keyframeInterval());
    }
}
