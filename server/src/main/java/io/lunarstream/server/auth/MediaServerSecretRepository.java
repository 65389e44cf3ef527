package io.lunarstream.server.auth;

import io.lunarstream.server.database.Row;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of media servers' secrets.
final class MediaServerSecretRepository {

    /// @param sha256 of the secret, in hex
    record StoredSecret(UUID mediaServerId, String sha256) {}

    Optional<StoredSecret> find(Handle handle, String sha256) {
        return handle.createQuery("select id, secret_sha256 from media_server where secret_sha256 = :sha256")
                .bind("sha256", sha256)
                .map((results, context) -> {
                    Row row = new Row(results);
                    return new StoredSecret(row.uuid("id"), row.text("secret_sha256"));
                })
                .findFirst();
    }
}
