package io.lunarstream.server.auth;

import io.lunarstream.server.database.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of API keys.
public final class ApiKeyRepository {

    /// What is stored of a key that may be used.
    ///
    /// @param sha256 of the whole key, in hex
    record StoredKey(UUID id, UUID projectId, String sha256) {}

    public void insert(Handle handle, UUID id, UUID projectId, String name, ApiKey key, Instant now) {
        handle.createUpdate("""
                        insert into api_key (id, project_id, name, prefix, sha256, created_at)
                        values (:id, :projectId, :name, :prefix, :sha256, :now)""")
                .bind("id", id)
                .bind("projectId", projectId)
                .bind("name", name)
                .bind("prefix", key.prefix())
                .bind("sha256", key.sha256())
                .bind("now", now)
                .execute();
    }

    /// The unrevoked key with this hash.
    Optional<StoredKey> find(Handle handle, String sha256) {
        return handle.createQuery("""
                        select id, project_id, sha256 from api_key where sha256 = :sha256 and revoked_at is null""")
                .bind("sha256", sha256)
                .map((results, context) -> storedKey(results))
                .findFirst();
    }

    void touch(Handle handle, UUID id, Instant now) {
        handle.createUpdate("update api_key set last_used_at = :now where id = :id")
                .bind("id", id)
                .bind("now", now)
                .execute();
    }

    private static StoredKey storedKey(ResultSet results) throws SQLException {
        Row row = new Row(results);
        return new StoredKey(row.uuid("id"), row.uuid("project_id"), row.text("sha256"));
    }
}
