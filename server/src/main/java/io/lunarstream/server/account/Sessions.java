package io.lunarstream.server.account;

import io.lunarstream.server.account.RefreshTokenRepository.StoredToken;
import io.lunarstream.server.audit.AuditAction;
import io.lunarstream.server.audit.AuditLog;
import io.lunarstream.server.auth.AccessTokens;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.http.ApiException;
import io.lunarstream.server.http.ErrorCode;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The rules of sessions: a refresh token is good once; shown a second time, it revokes all that came from its login,
/// because then two people have it. Access tokens live on until they expire. Source: the Partner API, people.
public final class Sessions {
    private final Database database;
    private final RefreshTokenRepository repository = new RefreshTokenRepository();
    private final AccessTokens accessTokens;
    private final AuditLog audit;
    private final InstantSource clock;
    private final SecureRandom random;

    public Sessions(
            Database database, AccessTokens accessTokens, AuditLog audit, InstantSource clock, SecureRandom random) {
        this.database = database;
        this.accessTokens = accessTokens;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /// A new family for somebody who has proved who they are.
    Session begin(UUID accountId) {
        return database.write(transaction -> {
            Instant now = clock.instant();
            UUID familyId = UUID.randomUUID();
            repository.deleteExpired(transaction, now);
            repository.insertFamily(transaction, familyId, accountId, now.plus(RefreshToken.LIFETIME));
            audit.recordOfAccount(transaction, AuditAction.LOGIN, accountId);
            return next(transaction, familyId, accountId, now);
        });
    }

    /// A session for the price of a refresh token.
    Session refresh(RefreshToken token) {
        // The answer comes out of the transaction as a value: an exception would undo the revocation.
        return database.write(transaction ->
                        repository.find(transaction, token).flatMap(stored -> exchange(transaction, token, stored)))
                .orElseThrow(Sessions::invalid);
    }

    private Optional<Session> exchange(Handle transaction, RefreshToken token, StoredToken stored) {
        Instant now = clock.instant();
        if (stored.isFamilyRevoked() || stored.isExpired(now)) {
            return Optional.empty();
        }
        if (!repository.use(transaction, token, now)) {
            if (repository.revokeFamily(transaction, stored.familyId(), now)) {
                audit.recordOfAccount(transaction, AuditAction.REFRESH_TOKEN_REUSED, stored.accountId());
            }
            return Optional.empty();
        }
        return Optional.of(next(transaction, stored.familyId(), stored.accountId(), now));
    }

    /// Ends all that came from a token's login; a second time changes nothing.
    void end(RefreshToken token) {
        boolean known = database.write(transaction -> {
            Optional<StoredToken> stored = repository.find(transaction, token);
            stored.filter(family -> repository.revokeFamily(transaction, family.familyId(), clock.instant()))
                    .ifPresent(family -> audit.recordOfAccount(transaction, AuditAction.LOGOUT, family.accountId()));
            return stored.isPresent();
        });
        if (!known) {
            throw invalid();
        }
    }

    /// Ends all sessions of an account.
    void endAll(Handle transaction, UUID accountId) {
        repository.revokeAll(transaction, accountId, clock.instant());
    }

    private Session next(Handle transaction, UUID familyId, UUID accountId, Instant now) {
        RefreshToken token = RefreshToken.generate(random);
        repository.insert(transaction, familyId, token, now.plus(RefreshToken.LIFETIME));
        return new Session(accessTokens.sign(accountId), token.secretText(), AccessTokens.LIFETIME.toSeconds());
    }

    private static ApiException invalid() {
        return new ApiException(ErrorCode.INVALID_REFRESH_TOKEN);
    }
}
