package io.lunarstream.server.auth;

import io.lunarstream.server.database.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of API keys.
public final class ApiKeyRepository {
    private static final String SELECT_ISSUED =
            "select id, name, prefix, created_at, last_used_at, revoked_at from api_key ";

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

    /// One page of a project's keys, newest first; revoked ones too.
    public List<IssuedApiKey> list(Handle handle, UUID projectId, int limit, long offset) {
        return handle.createQuery(SELECT_ISSUED + """
                        where project_id = :projectId
                        order by created_at desc, id desc limit :limit offset :offset""")
                .bind("projectId", projectId)
                .bind("limit", limit)
                .bind("offset", offset)
                .map((results, context) -> issuedKey(results))
                .list();
    }

    public long count(Handle handle, UUID projectId) {
        return handle.createQuery("select count(*) from api_key where project_id = :projectId")
                .bind("projectId", projectId)
                .mapTo(Long.class)
                .one();
    }

    /// A key of a project, revoked or not.
    public Optional<IssuedApiKey> find(Handle handle, UUID projectId, UUID id) {
        return handle.createQuery(SELECT_ISSUED + "where id = :id and project_id = :projectId")
                .bind("id", id)
                .bind("projectId", projectId)
                .map((results, context) -> issuedKey(results))
                .findFirst();
    }

    /// Makes a key stop working.
    ///
    /// @return false if it has stopped before
    public boolean revoke(Handle handle, UUID id, Instant now) {
        return handle.createUpdate("update api_key set revoked_at = :now where id = :id and revoked_at is null")
                        .bind("id", id)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    private static IssuedApiKey issuedKey(ResultSet results) throws SQLException {
        Row row = new Row(results);
        return new IssuedApiKey(
                row.uuid("id"),
                row.text("name"),
                row.text("prefix"),
                row.instant("created_at"),
                row.optionalInstant("last_used_at"),
                row.optionalInstant("revoked_at"));
    }

    private static StoredKey storedKey(ResultSet results) throws SQLException {
        Row row = new Row(results);
        return new StoredKey(row.uuid("id"), row.uuid("project_id"), row.text("sha256"));
    }
}
