package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Row;
import io.lunarstream.server.live.EndReason;
import io.lunarstream.server.livestream.NodeReport.HeldStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The SQL of leases, and of where livestreams stand that media nodes speak of.
final class LeaseRepository {
    private static final String STANDING = """
            select l.id, l.stream_key, l.media_server_id, l.deleted_at is not null as deleted, l.fence, l.status,
                l.started_at, l.end_reason, l.push_token_expires_at, e.connected, e.livestream_id as leased
            from livestream l left join lease e on e.livestream_id = l.id
            """;

    /// Of the embedded media server nothing is leased, unless it has gone: it is in a process that knows of its end.
    private static final String STARTED_WITHOUT = """
            from livestream l join media_server m on m.id = l.media_server_id
            where l.status = 'STARTED' and l.deleted_at is null and m.kind = 'lunar'
                and (m.name <> 'local' or m.status = 'OFFLINE')
                and not exists (select 1 from lease e where e.livestream_id = l.id)
            """;

    /// Of livestreams that have existed, even if they are deleted.
    List<NodeStanding> standings(Handle handle, List<UUID> livestreamIds) {
        return livestreamIds.isEmpty()
                ? List.of()
                : handle.createQuery(STANDING + "where l.id in (<ids>)")
                        .bindList("ids", livestreamIds)
                        .map((results, context) -> standing(results))
                        .list();
    }

    /// Those whose lease was renewed then or before for the last time, always in the same order, so that two who lock
    /// them do not wait for each other.
    List<NodeStanding> renewedUntil(Handle handle, Instant last) {
        return handle.createQuery(STANDING + "where e.renewed_at <= :last order by l.id")
                .bind("last", last)
                .map((results, context) -> standing(results))
                .list();
    }

    void renew(Handle handle, List<HeldStream> streams, Instant now) {
        PreparedBatch batch = handle.prepareBatch("""
                insert into lease (livestream_id, renewed_at, connected, viewers, ingest)
                values (:id, :now, :connected, :viewers, :ingest)
                on conflict (livestream_id) do update set renewed_at = excluded.renewed_at,
                    connected = excluded.connected, viewers = excluded.viewers, ingest = excluded.ingest""");
        for (HeldStream stream : streams) {
            batch.bind("id", stream.livestreamId())
                    .bind("now", now)
                    .bind("connected", stream.connected())
                    .bind("viewers", stream.viewers())
                    .bind("ingest", stream.ingest())
                    .add();
        }
        batch.execute();
    }

    void remove(Handle handle, UUID livestreamId) {
        handle.createUpdate("delete from lease where livestream_id = :id")
                .bind("id", livestreamId)
                .execute();
    }

    /// Whether a livestream is `STARTED` on a media node and has no lease: the node has told no more than its start,
    /// or the database has been moved.
    boolean anyMissing(Handle handle) {
        return handle.createQuery("select 1 " + STARTED_WITHOUT + " limit 1")
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    /// Gives a lease to those that [#anyMissing] means.
    void addMissing(Handle handle, Instant now) {
        handle.createUpdate("insert into lease (livestream_id, renewed_at, connected, viewers) "
                        + "select l.id, :now, false, 0 " + STARTED_WITHOUT + " on conflict do nothing")
                .bind("now", now)
                .execute();
    }

    /// The stream keys of those that say that a publisher is connected, and were renewed then or before for the last
    /// time.
    List<String> connectedUntil(Handle handle, Instant last) {
        return handle.createQuery("""
                        select l.stream_key from lease e join livestream l on l.id = e.livestream_id
                        where e.connected and e.renewed_at <= :last""").bind("last", last).mapTo(String.class).list();
    }

    /// Lets those say no more that [#connectedUntil] finds.
    void disconnect(Handle handle, Instant last) {
        handle.createUpdate("update lease set connected = false where connected and renewed_at <= :last")
                .bind("last", last)
                .execute();
    }

    /// The fence of a livestream; empty if it does not live on a media server any more.
    Optional<Long> fence(Handle handle, UUID livestreamId, UUID mediaServerId) {
        return handle.createQuery("select fence from livestream where id = :id and media_server_id = :mediaServerId")
                .bind("id", livestreamId)
                .bind("mediaServerId", mediaServerId)
                .mapTo(Long.class)
                .findFirst();
    }

    /// Makes every word late that does not know of this.
    void raiseFence(Handle handle, UUID livestreamId) {
        handle.createUpdate("update livestream set fence = fence + 1 where id = :id")
                .bind("id", livestreamId)
                .execute();
    }

    private static NodeStanding standing(ResultSet results) throws SQLException {
        Row row = new Row(results);
        boolean isLeased = row.optionalText("leased").isPresent();
        return new NodeStanding(
                row.uuid("id"),
                row.text("stream_key"),
                row.uuid("media_server_id"),
                row.flag("deleted"),
                row.longInteger("fence"),
                LivestreamStatus.valueOf(row.text("status")),
                row.optionalInstant("started_at"),
                row.optionalText("end_reason").map(EndReason::ofApiName),
                row.instant("push_token_expires_at"),
                isLeased ? Optional.of(row.flag("connected")) : Optional.empty());
    }
}
