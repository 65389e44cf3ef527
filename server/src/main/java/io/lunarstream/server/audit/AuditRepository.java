package io.lunarstream.server.audit;

import org.jdbi.v3.core.Handle;

/// The SQL of the audit log.
final class AuditRepository {

    void insert(Handle handle, AuditEntry entry) {
        handle.createUpdate("""
                        insert into audit_entry
                            (id, at, actor_type, actor_id, action, resource_id, project_id, request_id, address)
                        values (:id, :at, :actorType, :actorId, :action, :resourceId, :projectId, :requestId, :address)""")
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
}
