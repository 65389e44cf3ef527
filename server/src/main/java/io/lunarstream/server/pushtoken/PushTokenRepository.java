package io.lunarstream.server.pushtoken;

import io.lunarstream.server.auth.Sha256;
import io.lunarstream.server.database.Row;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The SQL of push tokens.
public final class PushTokenRepository {
    private static final String SELECT = """
            select t.jti, t.exp, t.media_server_id as made_for, l.id, l.stream_key, l.media_server_id,
                l.push_token_expires_at, l.keyframe_interval_ms,
                t.revoked_at is null and l.deleted_at is null as usable
            from push_token t join livestream l on l.id = t.livestream_id
            """;

    /// What the database knows of a token and of the livestream it was made for.
    ///
    /// @param expiresAt `exp`
    /// @param madeFor the media server that an opaque token was made for; a JWT says it itself
    /// @param mediaServerId the media server that the livestream is on now
    /// @param isUsable whether neither the token is revoked nor the livestream deleted
    /// @param deadline the latest `exp` of the livestream's unrevoked tokens
    record StoredToken(
            UUID jti,
            Instant expiresAt,
            Optional<UUID> madeFor,
            UUID livestreamId,
            String streamKey,
            UUID mediaServerId,
            boolean isUsable,
            Instant deadline,
            Optional<Duration> keyframeInterval) {}

    /// How a token was made.
    ///
    /// @param keyId the key that signed it; empty if it is opaque
    record IssuedToken(Optional<String> keyId, Instant issuedAt, Instant expiresAt) {}

    void insert(Handle handle, PushToken token) {
        boolean isOpaque = token.keyId().isEmpty();
        handle.createUpdate("""
                        insert into push_token (jti, livestream_id, kid, iat, exp, secret_sha256, media_server_id)
                        values (:jti, :livestreamId, :kid, :iat, :exp, :sha256, :mediaServerId)""")
                .bind("jti", token.jti())
                .bind("livestreamId", token.livestreamId())
                .bind("kid", token.keyId().orElse(null))
                .bind("sha256", isOpaque ? sha256(token.text()) : null)
                .bind("mediaServerId", isOpaque ? token.subject().mediaServerId() : null)
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

    /// Revokes all tokens of all livestreams that have not expired, and lets their deadlines have passed.
    ///
    /// @param passed the latest deadline that has passed
    /// @return the livestreams whose deadline was to come, with their stream keys
    Map<UUID, String> revokeEverywhere(Handle handle, Instant passed, Instant now) {
        // Nobody gives them a token from here on; one that comes for another livestream comes after this.
        handle.createUpdate("""
                        update livestream set updated_at = updated_at
                        where push_token_expires_at > :passed and deleted_at is null""").bind("passed", passed).execute();
        // Those that have expired, most of all there are, are refused already.
        handle.createUpdate("update push_token set revoked_at = :now where exp > :passed and revoked_at is null")
                .bind("now", now)
                .bind("passed", passed)
                .execute();
        return handle.createQuery("""
                        update livestream set push_token_expires_at = :passed, updated_at = :now
                        where push_token_expires_at > :passed and deleted_at is null
                            and not exists (select 1 from push_token t
                                where t.livestream_id = livestream.id and t.exp > :passed and t.revoked_at is null)
                        returning id, stream_key""")
                .bind("passed", passed)
                .bind("now", now)
                .map((results, context) -> {
                    Row row = new Row(results);
                    return Map.entry(row.uuid("id"), row.text("stream_key"));
                })
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// Whether a token that a key has signed may still be used.
    boolean isNeeded(Handle handle, String keyId, Instant passed) {
        return handle.createQuery("""
                        select 1 from push_token
                        where kid = :keyId and exp > :passed and revoked_at is null limit 1""")
                .bind("keyId", keyId)
                .bind("passed", passed)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
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
                    return new IssuedToken(row.optionalText("kid"), row.instant("iat"), row.instant("exp"));
                })
                .one();
    }

    Optional<StoredToken> find(Handle handle, UUID jti) {
        return handle.createQuery(SELECT + "where t.jti = :jti")
                .bind("jti", jti)
                .map((results, context) -> storedToken(results))
                .findFirst();
    }

    /// @param token an opaque token, as it was shown
    Optional<StoredToken> findOpaque(Handle handle, String token) {
        return handle.createQuery(SELECT + "where t.secret_sha256 = :sha256")
                .bind("sha256", sha256(token))
                .map((results, context) -> storedToken(results))
                .findFirst();
    }

    /// Those of some tokens that are there, with why their livestream's last broadcast has ended.
    List<TokenStanding> standings(Handle handle, List<UUID> jtis) {
        return handle.createQuery("""
                        select t.jti, l.push_token_expires_at, l.end_reason,
                            t.revoked_at is null and l.deleted_at is null as usable
                        from push_token t join livestream l on l.id = t.livestream_id
                        where t.jti in (<jtis>)""")
                .bindList("jtis", jtis)
                .map((results, context) -> {
                    Row row = new Row(results);
                    return new TokenStanding(
                            row.uuid("jti"),
                            row.flag("usable"),
                            row.instant("push_token_expires_at"),
                            row.optionalText("end_reason"));
                })
                .list();
    }

    private static String sha256(String token) {
        return Sha256.hex(token.getBytes(StandardCharsets.US_ASCII));
    }

    private static StoredToken storedToken(ResultSet results) throws SQLException {
        Row row = new Row(results);
        return new StoredToken(
                row.uuid("jti"),
                row.instant("exp"),
                row.optionalText("made_for").map(UUID::fromString),
                row.uuid("id"),
                row.text("stream_key"),
                row.uuid("media_server_id"),
                row.flag("usable"),
                row.instant("push_token_expires_at"),
                row.optionalMillis("keyframe_interval_ms"));
    }
}
