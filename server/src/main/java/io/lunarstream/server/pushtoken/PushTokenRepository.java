package io.lunarstream.server.pushtoken;

import io.lunarstream.server.database.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of push tokens.
public final class PushTokenRepository {

    /// What the database knows of a token and of the livestream it was made for.
    ///
    /// @param isUsable whether neither the token is revoked nor the livestream deleted
    /// @param deadline the latest `exp` of the livestream's unrevoked tokens
    record StoredToken(
            UUID livestreamId,
            String streamKey,
            UUID mediaServerId,
            boolean isUsable,
            Instant deadline,
            Optional<Duration> keyframeInterval) {}

    /// How a token was signed.
    record IssuedToken(String keyId, Instant issuedAt, Instant expiresAt) {}

    void insert(Handle handle, PushToken token) {
        handle.createUpdate("""
                        insert into push_token (jti, livestream_id, kid, iat, exp)
                        values (:jti, :livestreamId, :kid, :iat, :exp)""")
                .bind("jti", token.jti())
                .bind("livestreamId", token.livestreamId())
                .bind("kid", token.keyId())
                .bind("iat", token.issuedAt())
                .bind("exp", token.expiresAt())
                .execute();
    }

    void revokeAll(Handle handle, UUID livestreamId, Instant now) {
        handle.createUpdate("""
                        update push_token set revoked_at = :now
                        where livestream_id = :livestreamId and revoked_at is null""")
                .bind("livestreamId", livestreamId)
                .bind("now", now)
                .execute();
    }

    Instant latestExpiry(Handle handle, UUID livestreamId) {
        return handle.createQuery("""
                        select exp from push_token where livestream_id = :livestreamId and revoked_at is null
                        order by exp desc limit 1""")
                .bind("livestreamId", livestreamId)
                .map((results, context) -> new Row(results).instant("exp"))
                .one();
    }

    IssuedToken issued(Handle handle, UUID jti) {
        return handle.createQuery("select kid, iat, exp from push_token where jti = :jti")
                .bind("jti", jti)
                .map((results, context) -> {
                    Row row = new Row(results);
                    return new IssuedToken(row.text("kid"), row.instant("iat"), row.instant("exp"));
                })
                .one();
    }

    Optional<StoredToken> find(Handle handle, UUID jti) {
        return handle.createQuery("""
                        select l.id, l.stream_key, l.media_server_id, l.push_token_expires_at, l.keyframe_interval_ms,
                            t.revoked_at is null and l.deleted_at is null as usable
                        from push_token t join livestream l on l.id = t.livestream_id
                        where t.jti = :jti""")
                .bind("jti", jti)
                .map((results, context) -> storedToken(results))
                .findFirst();
    }

    private static StoredToken storedToken(ResultSet results) throws SQLException {
        Row row = new Row(results);
        return new StoredToken(
                row.uuid("id"),
                row.text("stream_key"),
                row.uuid("media_server_id"),
                row.flag("usable"),
                row.instant("push_token_expires_at"),
                row.optionalMillis("keyframe_interval_ms"));
    }
}
