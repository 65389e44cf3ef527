package io.lunarstream.server.account;

import io.lunarstream.server.database.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of refresh tokens and their families: one login, and all tokens that came from it.
final class RefreshTokenRepository {

    /// @param isFamilyRevoked whether nothing of its family is good any more
    record StoredToken(UUID familyId, UUID accountId, Instant expiresAt, boolean isFamilyRevoked) {

        boolean isExpired(Instant now) {
            return !expiresAt.isAfter(now);
        }
    }

    void insertFamily(Handle handle, UUID familyId, UUID accountId, Instant expiresAt) {
        handle.createUpdate("""
                        insert into refresh_family (id, account_id, expires_at) values (:id, :accountId, :expiresAt)""")
                .bind("id", familyId)
                .bind("accountId", accountId)
                .bind("expiresAt", expiresAt)
                .execute();
    }

    /// Adds a token to a family, which lives as long as its newest token.
    void insert(Handle handle, UUID familyId, RefreshToken token, Instant expiresAt) {
        handle.createUpdate("""
                        insert into refresh_token (sha256, family_id, expires_at)
                        values (:sha256, :familyId, :expiresAt)""")
                .bind("sha256", token.sha256())
                .bind("familyId", familyId)
                .bind("expiresAt", expiresAt)
                .execute();
        handle.createUpdate("update refresh_family set expires_at = :expiresAt where id = :familyId")
                .bind("familyId", familyId)
                .bind("expiresAt", expiresAt)
                .execute();
    }

    Optional<StoredToken> find(Handle handle, RefreshToken token) {
        return handle.createQuery("""
                        select t.family_id, f.account_id, t.expires_at,
                            f.revoked_at is not null as revoked
                        from refresh_token t join refresh_family f on f.id = t.family_id
                        where t.sha256 = :sha256""")
                .bind("sha256", token.sha256())
                .map((results, context) -> storedToken(results))
                .findFirst();
    }

    /// Marks a token as used.
    ///
    /// @return false if it is already; of several at a time, one is told otherwise
    boolean use(Handle handle, RefreshToken token, Instant now) {
        return handle.createUpdate("update refresh_token set used_at = :now where sha256 = :sha256 and used_at is null")
                        .bind("sha256", token.sha256())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /// Makes all tokens of a family useless.
    ///
    /// @return false if they are already
    boolean revokeFamily(Handle handle, UUID familyId, Instant now) {
        return handle.createUpdate("update refresh_family set revoked_at = :now where id = :id and revoked_at is null")
                        .bind("id", familyId)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    void revokeAll(Handle handle, UUID accountId, Instant now) {
        handle.createUpdate("""
                        update refresh_family set revoked_at = :now
                        where account_id = :accountId and revoked_at is null""").bind("accountId", accountId).bind("now", now).execute();
    }

    /// Forgets families that have expired, with all their tokens.
    void deleteExpired(Handle handle, Instant now) {
        handle.createUpdate("""
                        delete from refresh_token
                        where family_id in (select id from refresh_family where expires_at <= :now)""").bind("now", now).execute();
        handle.createUpdate("delete from refresh_family where expires_at <= :now")
                .bind("now", now)
                .execute();
    }

    private static StoredToken storedToken(ResultSet results) throws SQLException {
        Row row = new Row(results);
        return new StoredToken(
                row.uuid("family_id"), row.uuid("account_id"), row.instant("expires_at"), row.flag("revoked"));
    }
}
