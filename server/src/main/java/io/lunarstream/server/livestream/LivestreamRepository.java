package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Row;
import io.lunarstream.server.database.UniqueViolation;
import io.lunarstream.server.http.BodyFields;
import io.lunarstream.server.http.PageRequest;
import io.lunarstream.server.livestream.LivestreamCountRepository.Counted;
import io.lunarstream.server.mediaserver.MediaServer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// The SQL of livestreams. Deleted ones stay, so that their stream keys never come back, but nothing here finds them.
///
/// The instant `passed` is the latest deadline that has passed: a livestream that still waits then has expired, even
/// if nobody has written that down yet.
final class LivestreamRepository {
    private static final String STATUS = """
            case when l.status = 'READY_FOR_USE' and l.push_token_expires_at <= :passed
                then 'TOKEN_EXPIRED' else l.status end""";

    private static final String SELECT = """
            select l.id, l.project_id, l.name, l.external_id, l.metadata, l.stream_key, l.push_token_expires_at,
                l.started_at, l.ended_at, l.end_reason, l.created_at, l.updated_at,
                %s as status_now,
                m.id as server_id, m.name as server_name, m.region as server_region, m.kind as server_kind,
                m.rtmp_server, m.rtmps_server, m.hls_base_url,
                e.livestream_id as leased, e.connected, e.viewers, e.ingest
            from livestream l join media_server m on m.id = l.media_server_id
                left join lease e on e.livestream_id = l.id
            """.formatted(STATUS);

    /// Stored as expired, up to the end of the page, and those of which that is not written down yet.
    private static final String EXPIRED = """
            select id from (select id, created_at from (
                    select id, created_at from livestream
                    where project_id = :projectId and status = 'TOKEN_EXPIRED' and deleted_at is null
                    order by created_at desc, id desc limit :end) written
                union all select id, created_at from overdue where project_id = :projectId) expired""";

    private final LivestreamCountRepository counts = new LivestreamCountRepository();

    /// What a livestream is born with and keeps.
    record Birth(String streamKey, Instant createdAt) {}

    /// Stores a livestream, waiting for its broadcaster.
    ///
    /// @return false if its `externalId` is taken
    boolean insert(Handle handle, NewLivestream livestream, Instant deadline, Instant now) {
        boolean isInserted = handle.createUpdate("""
                        insert into livestream (id, project_id, media_server_id, name, name_folded,
                            external_id, external_id_folded, metadata, status, stream_key, push_token_expires_at,
                            created_at, updated_at)
                        values (:id, :projectId, :mediaServerId, :name, :nameFolded,
                            :externalId, :externalIdFolded, :metadata, 'READY_FOR_USE', :streamKey, :deadline,
                            :now, :now)
                        on conflict (project_id, external_id) where deleted_at is null do nothing""")
                        .bind("id", livestream.id())
                        .bind("projectId", livestream.projectId())
                        .bind("mediaServerId", livestream.mediaServerId())
                        .bind("name", livestream.name())
                        .bind("nameFolded", FoldedText.fold(livestream.name()))
                        .bind("externalId", livestream.externalId().orElse(null))
                        .bind(
                                "externalIdFolded",
                                livestream.externalId().map(FoldedText::fold).orElse(null))
                        .bind("metadata", Metadata.toJson(livestream.metadata()))
                        .bind("streamKey", livestream.streamKey())
                        .bind("deadline", deadline)
                        .bind("now", now)
                        .execute()
                == 1;
        if (isInserted) {
            counts.born(handle, new Counted(livestream.projectId(), LivestreamStatus.READY_FOR_USE));
        }
        return isInserted;
    }

    /// Changes what a partner may change. A move to another media server raises the fence.
    ///
    /// @return false if its `externalId` is taken
    boolean update(Handle handle, UUID id, LivestreamChange change, Instant now) {
        try {
            handle.createUpdate("""
                            update livestream set fence = case when media_server_id = :mediaServerId
                                    then fence else fence + 1 end,
                                media_server_id = :mediaServerId, name = :name,
                                name_folded = :nameFolded, external_id = :externalId,
                                external_id_folded = :externalIdFolded, metadata = :metadata, updated_at = :now
                            where id = :id and deleted_at is null""")
                    .bind("id", id)
                    .bind("mediaServerId", change.mediaServerId())
                    .bind("name", change.name())
                    .bind("nameFolded", FoldedText.fold(change.name()))
                    .bind("externalId", change.externalId().orElse(null))
                    .bind(
                            "externalIdFolded",
                            change.externalId().map(FoldedText::fold).orElse(null))
                    .bind("metadata", Metadata.toJson(change.metadata()))
                    .bind("now", now)
                    .execute();
            return true;
        } catch (UnableToExecuteStatementException e) {
            if (UniqueViolation.causes(e)) {
                return false;
            }
            throw e;
        }
    }

    /// Of a livestream that has existed, even if it is deleted.
    Birth birth(Handle handle, UUID id) {
        return handle.createQuery("select stream_key, created_at from livestream where id = :id")
                .bind("id", id)
                .map((results, context) -> {
                    Row row = new Row(results);
                    return new Birth(row.text("stream_key"), row.instant("created_at"));
                })
                .one();
    }

    Optional<Livestream> find(Handle handle, UUID projectId, UUID id, Instant passed) {
        return handle.createQuery(SELECT + "where l.id = :id and l.project_id = :projectId and l.deleted_at is null")
                .bind("id", id)
                .bind("projectId", projectId)
                .bind("passed", passed)
                .map((results, context) -> livestream(results))
                .findFirst();
    }

    /// What everybody may know of a livestream. Its status is the stored one: the deadline may have passed since.
    Optional<PublicLivestream> findPublic(Handle handle, String streamKey) {
        return handle.createQuery("""
                        select l.id, l.name, l.status, l.stream_key, l.push_token_expires_at,
                            l.started_at, l.ended_at, l.created_at, m.rtmp_server, m.hls_base_url,
                            coalesce(m.removed_name, m.name) as media_server, m.region, m.name = 'local' as embedded, coalesce(e.connected, false) as connected
                        from livestream l join media_server m on m.id = l.media_server_id
                            left join lease e on e.livestream_id = l.id
                        where l.stream_key = :streamKey and l.deleted_at is null""")
                .bind("streamKey", streamKey)
                .map((results, context) -> publicLivestream(results))
                .findFirst();
    }

    Optional<Livestream> findByExternalId(Handle handle, UUID projectId, String externalId, Instant passed) {
        return handle.createQuery(SELECT
                        + "where l.project_id = :projectId and l.external_id = :externalId and l.deleted_at is null")
                .bind("projectId", projectId)
                .bind("externalId", externalId)
                .bind("passed", passed)
                .map((results, context) -> livestream(results))
                .findFirst();
    }

    /// One page, newest first. Only its own rows are read whole: those before it are passed by in an index, unless
    /// something is searched for.
    List<Livestream> list(Handle handle, LivestreamFilter filter, PageRequest page, Instant passed) {
        boolean withOverdue =
                filter.search().isEmpty() && filter.status().equals(Optional.of(LivestreamStatus.TOKEN_EXPIRED));
        String ids = withOverdue ? EXPIRED : "select l.id from livestream l " + indexed(filter);
        String sql = (withOverdue ? LivestreamCountRepository.OVERDUE : "")
                + SELECT
                + "where l.id in (" + ids + " order by created_at desc, id desc limit :limit offset :offset)"
                + " order by l.created_at desc, l.id desc";
        return bind(handle.createQuery(sql), filter, passed)
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .bind("end", page.offset() + page.limit())
                .map((results, context) -> livestream(results))
                .list();
    }

    /// The rows of one status lie together in an index, in the order of the list. What is stored as waiting and has
    /// expired is left out one by one: there is little of it.
    private static String indexed(LivestreamFilter filter) {
        String stored = filter.search().isEmpty() && filter.status().isPresent() ? " and l.status = :status" : "";
        return where(filter) + stored;
    }

    long count(Handle handle, LivestreamFilter filter, Instant passed) {
        if (filter.search().isEmpty()) {
            return counts.count(handle, filter.projectId(), filter.status(), passed);
        }
        return bind(handle.createQuery("select count(*) from livestream l " + where(filter)), filter, passed)
                .mapTo(Long.class)
                .one();
    }

    private static String where(LivestreamFilter filter) {
        String status = filter.status().isPresent() ? " and " + STATUS + " = :status" : "";
        String search = filter.search().isPresent()
                ? " and (l.name_folded like :part escape '!' or l.external_id_folded like :part escape '!')"
                : "";
        return "where l.project_id = :projectId and l.deleted_at is null" + status + search;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, LivestreamFilter filter, Instant passed) {
        statement.bind("projectId", filter.projectId());
        filter.status().ifPresent(status -> statement.bind("status", status.name()));
        filter.search().ifPresent(search -> statement.bind("part", FoldedText.partPattern(search)));
        return statement.bind("passed", passed);
    }

    private static Livestream livestream(ResultSet results) throws SQLException {
        Row row = new Row(results);
        return new Livestream(
                row.uuid("id"),
                row.uuid("project_id"),
                row.text("name"),
                row.optionalText("external_id"),
                Metadata.fromJson(row.text("metadata")),
                LivestreamStatus.valueOf(row.text("status_now")),
                row.text("stream_key"),
                new Livestream.Server(
                        row.uuid("server_id"),
                        row.text("server_name"),
                        row.text("server_region"),
                        MediaServer.Kind.ofApiName(row.text("server_kind")).orElseThrow(),
                        row.text("rtmp_server"),
                        row.optionalText("rtmps_server"),
                        row.text("hls_base_url")),
                row.instant("push_token_expires_at"),
                row.optionalInstant("started_at"),
                row.optionalInstant("ended_at"),
                row.optionalText("end_reason"),
                row.instant("created_at"),
                row.instant("updated_at"),
                lease(row));
    }

    private static Optional<Lease> lease(Row row) throws SQLException {
        if (row.optionalText("leased").isEmpty()) {
            return Optional.empty();
        }
        boolean connected = row.flag("connected");
        Optional<IngestView> ingest =
                row.optionalText("ingest").map(json -> IngestFields.read(BodyFields.stored(json), connected));
        return Optional.of(new Lease(connected, row.integer("viewers"), ingest));
    }

    private static PublicLivestream publicLivestream(ResultSet results) throws SQLException {
        Row row = new Row(results);
        return new PublicLivestream(
                row.uuid("id"),
                row.text("name"),
                LivestreamStatus.valueOf(row.text("status")),
                row.text("stream_key"),
                row.text("rtmp_server"),
                row.text("hls_base_url"),
                row.flag("embedded"),
                row.flag("connected"),
                row.text("media_server"),
                row.text("region"),
                row.instant("push_token_expires_at"),
                row.optionalInstant("started_at"),
                row.optionalInstant("ended_at"),
                row.instant("created_at"));
    }

    void delete(Handle handle, UUID id, Instant now) {
        handle.createQuery("""
                        update livestream set deleted_at = :now, updated_at = :now
                        where id = :id and deleted_at is null
                        returning project_id, status""")
                .bind("id", id)
                .bind("now", now)
                .map((results, context) -> counted(new Row(results)))
                .list()
                .forEach(livestream -> counts.deleted(handle, livestream));
    }

    private static Counted counted(Row row) throws SQLException {
        return new Counted(row.uuid("project_id"), LivestreamStatus.valueOf(row.text("status")));
    }
}
