package io.lunarstream.server.audit;

import io.lunarstream.server.audit.AuditEntry.Actor;
import io.lunarstream.server.database.Row;
import io.lunarstream.server.http.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// The SQL of the audit log.
final class AuditRepository {
    private static final String SELECT = """
            select e.id, e.at, e.actor_type, e.actor_id, e.action, e.resource_id, e.project_id, e.request_id,
                e.address,
                case e.actor_type
                    when 'account' then (select email from account where id = e.actor_id)
                    when 'api_key' then (select name from api_key where id = e.actor_id)
                    when 'media_server' then
                        (select coalesce(removed_name, name) from media_server where id = e.actor_id)
                    else e.actor_type end as actor_name
            from audit_entry e
            """;

    void insert(Handle handle, AuditEntry entry) {
        handle.createUpdate("""
                        insert into audit_entry
                            (id, at, actor_type, actor_id, action, resource_id, project_id, request_id, address)
                        values (:id, :at, :actorType, :actorId, :action, :resourceId, :projectId,
                            :requestId, :address)""")
                .bind("id", entry.id())
                .bind("at", entry.at())
                .bind("actorType", entry.actor().type())
                .bind("actorId", entry.actor().id())
                .bind("action", entry.action().apiName())
                .bind("resourceId", entry.resource())
                .bind("projectId", entry.project())
                .bind("requestId", entry.requestId())
                .bind("address", entry.address())
                .execute();
    }

    /// One page, newest first.
    List<NamedEntry> list(Handle handle, AuditFilter filter, PageRequest page) {
        String sql = SELECT + where(filter) + "order by e.at desc, e.id desc limit :limit offset :offset";
        return bind(handle.createQuery(sql), filter)
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map((results, context) -> entry(results))
                .list();
    }

    long count(Handle handle, AuditFilter filter) {
        return bind(handle.createQuery("select count(*) from audit_entry e " + where(filter)), filter)
                .mapTo(Long.class)
                .one();
    }

    /// Deletes the oldest entries from before an instant.
    ///
    /// @param most how many at most
    /// @return how many
    int deleteOldest(Handle handle, Instant before, int most) {
        return handle.createUpdate("""
                        delete from audit_entry where id in
                            (select id from audit_entry where at < :before order by at, id limit :most)""")
                .bind("before", before)
                .bind("most", most)
                .execute();
    }

    private static String where(AuditFilter filter) {
        List<String> conditions = new ArrayList<>();
        filter.action().ifPresent(given -> conditions.add("e.action = :action"));
        filter.actor().ifPresent(given -> conditions.add("e.actor_id = :actor"));
        filter.resource().ifPresent(given -> conditions.add("e.resource_id = :resource"));
        filter.project().ifPresent(given -> conditions.add("e.project_id = :project"));
        return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions) + " ";
    }

    private static <S extends SqlStatement<S>> S bind(S statement, AuditFilter filter) {
        return statement
                .bind("action", filter.action().map(AuditAction::apiName))
                .bind("actor", filter.actor())
                .bind("resource", filter.resource())
                .bind("project", filter.project());
    }

    private static NamedEntry entry(ResultSet results) throws SQLException {
        Row row = new Row(results);
        return new NamedEntry(
                new AuditEntry(
                        row.uuid("id"),
                        row.instant("at"),
                        new Actor(row.text("actor_type"), row.optionalUuid("actor_id")),
                        AuditAction.ofApiName(row.text("action")).orElseThrow(),
                        row.optionalUuid("resource_id"),
                        row.optionalUuid("project_id"),
                        row.optionalText("request_id"),
                        row.optionalText("address")),
                row.optionalText("actor_name"));
    }
}
