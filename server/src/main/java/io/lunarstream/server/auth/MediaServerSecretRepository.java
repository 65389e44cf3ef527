package io.lunarstream.server.auth;

import io.lunarstream.server.database.Row;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of media servers' secrets.
final class MediaServerSecretRepository {

    /// @param isNode whether it is a media node: one of ours
    /// @param sha256 of the secret, in hex
    record StoredSecret(UUID mediaServerId, boolean isNode, String sha256) {}

    Optional<StoredSecret> find(Handle handle, String sha256) {
        return handle.createQuery("""
                        select id, kind = 'lunar' as is_node, secret_sha256 from media_server
                        where secret_sha256 = :sha256""")
                .bind("sha256", sha256)
                .map((results, context) -> {
                    Row row = new Row(results);
                    return new StoredSecret(row.uuid("id"), row.flag("is_node"), row.text("secret_sha256"));
                })
                .findFirst();
    }
}
