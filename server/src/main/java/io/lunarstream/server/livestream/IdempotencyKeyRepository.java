package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of idempotency keys.
final class IdempotencyKeyRepository {

    /// A key that has been used.
    ///
    /// @param livestreamId what the request makes or has made
    /// @param jti the token that its response carried; empty while it is running
    record Used(String bodySha256, UUID livestreamId, Optional<UUID> jti) {}

    void deleteExpired(Handle handle, Instant now) {
        handle.createUpdate("delete from idempotency_key where expires_at <= :now")
                .bind("now", now)
                .execute();
    }

    /// Marks a key as that of a running request.
    ///
    /// @return false if it is used already
    boolean insert(Handle handle, IdempotencyKey key, UUID livestreamId, Instant expiresAt) {
        return handle.createUpdate("""
                        insert into idempotency_key
                            (project_id, idempotency_key, body_sha256, livestream_id, expires_at)
                        values (:projectId, :text, :bodySha256, :livestreamId, :expiresAt)
                        on conflict (project_id, idempotency_key) do nothing""")
                        .bind("projectId", key.projectId())
                        .bind("text", key.text())
                        .bind("bodySha256", key.bodySha256())
                        .bind("livestreamId", livestreamId)
                        .bind("expiresAt", expiresAt)
                        .execute()
                == 1;
    }

    Optional<Used> find(Handle handle, IdempotencyKey key) {
        return handle.createQuery("""
                        select body_sha256, livestream_id, jti from idempotency_key
                        where project_id = :projectId and idempotency_key = :text""")
                .bind("projectId", key.projectId())
                .bind("text", key.text())
                .map((results, context) -> {
                    Row row = new Row(results);
                    return new Used(row.text("body_sha256"), row.uuid("livestream_id"), row.optionalUuid("jti"));
                })
                .findFirst();
    }

    /// Marks a key as that of a request that has been answered.
    ///
    /// @return false if the mark of the running request has died and the key is another's
    boolean complete(Handle handle, IdempotencyKey key, UUID livestreamId, UUID jti, Instant expiresAt) {
        return handle.createUpdate("""
                        update idempotency_key set jti = :jti, expires_at = :expiresAt
                        where project_id = :projectId and idempotency_key = :text
                            and livestream_id = :livestreamId and jti is null""")
                        .bind("projectId", key.projectId())
                        .bind("text", key.text())
                        .bind("livestreamId", livestreamId)
                        .bind("jti", jti)
                        .bind("expiresAt", expiresAt)
                        .execute()
                == 1;
    }

    /// Frees a key whose request has failed; one whose request has been answered stays.
    void free(Handle handle, IdempotencyKey key, UUID livestreamId) {
        handle.createUpdate("""
                        delete from idempotency_key
                        where project_id = :projectId and idempotency_key = :text
                            and livestream_id = :livestreamId and jti is null""")
                .bind("projectId", key.projectId())
                .bind("text", key.text())
                .bind("livestreamId", livestreamId)
                .execute();
    }
}
