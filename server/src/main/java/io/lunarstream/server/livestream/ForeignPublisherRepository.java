package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Row;
import io.lunarstream.server.live.EndReason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of connections that publish to media servers outside this process.
final class ForeignPublisherRepository {

    /// A livestream that is still `STARTED`, though its broadcast is over.
    record Over(UUID livestreamId, EndReason reason) {}

    /// Notes a connection, or that it was heard of again.
    void put(Handle handle, UUID livestreamId, String clientId, Instant now) {
        handle.createUpdate("""
                        insert into foreign_publisher (livestream_id, client_id, heard_at)
                        values (:livestreamId, :clientId, :now)
                        on conflict (livestream_id, client_id) do update set heard_at = excluded.heard_at""")
                .bind("livestreamId", livestreamId)
                .bind("clientId", clientId)
                .bind("now", now)
                .execute();
    }

    /// Notes that a connection was heard of again.
    ///
    /// @return false if it is not one that was let in and is still there
    boolean hear(Handle handle, UUID livestreamId, String clientId, Instant now) {
        return handle.createUpdate("""
                        update foreign_publisher set heard_at = :now
                        where livestream_id = :livestreamId and client_id = :clientId""")
                        .bind("livestreamId", livestreamId)
                        .bind("clientId", clientId)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /// Notes that something was heard of all connections to a stream that are still there.
    void hearAll(Handle handle, UUID mediaServerId, String streamKey, Instant now) {
        handle.createUpdate("""
                        update foreign_publisher set heard_at = :now
                        where livestream_id in (select id from livestream
                            where stream_key = :streamKey and media_server_id = :mediaServerId)""")
                .bind("streamKey", streamKey)
                .bind("mediaServerId", mediaServerId)
                .bind("now", now)
                .execute();
    }

    /// Forgets a connection.
    ///
    /// @return false if it was not there
    boolean remove(Handle handle, UUID livestreamId, String clientId) {
        return handle.createUpdate(
                                "delete from foreign_publisher where livestream_id = :livestreamId and client_id = :clientId")
                        .bind("livestreamId", livestreamId)
                        .bind("clientId", clientId)
                        .execute()
                == 1;
    }

    void removeAll(Handle handle, UUID livestreamId) {
        handle.createUpdate("delete from foreign_publisher where livestream_id = :livestreamId")
                .bind("livestreamId", livestreamId)
                .execute();
    }

    boolean anyOf(Handle handle, UUID livestreamId) {
        return handle.createQuery("select 1 from foreign_publisher where livestream_id = :livestreamId limit 1")
                .bind("livestreamId", livestreamId)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    /// Whether [#removeSilent] would remove any.
    boolean anySilent(Handle handle, Instant since) {
        return handle.createQuery("select 1 from foreign_publisher where heard_at <= :since limit 1")
                .bind("since", since)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    /// Removes those that were not heard of since.
    void removeSilent(Handle handle, Instant since) {
        handle.createUpdate("delete from foreign_publisher where heard_at <= :since")
                .bind("since", since)
                .execute();
    }

    /// Broadcasts on media servers outside this process whose deadline has passed, or which no connection publishes to
    /// any more; always in the same order, so that two who lock them do not wait for each other.
    ///
    /// @param passed the latest deadline that has passed
    List<Over> over(Handle handle, Instant passed) {
        return handle.createQuery("""
                        select l.id, l.push_token_expires_at <= :passed as expired
                        from livestream l join media_server m on m.id = l.media_server_id
                        where l.status = 'STARTED' and l.deleted_at is null and m.kind <> 'lunar'
                            and (l.push_token_expires_at <= :passed
                                or not exists (select 1 from foreign_publisher p where p.livestream_id = l.id))
                        order by l.id""")
                .bind("passed", passed)
                .map((results, context) -> {
                    Row row = new Row(results);
                    return new Over(
                            row.uuid("id"),
                            row.flag("expired") ? EndReason.TOKEN_EXPIRED : EndReason.MEDIA_SERVER_LOST);
                })
                .list();
    }
}
