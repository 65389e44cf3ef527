package io.lunarstream.server.audit;

import io.lunarstream.server.database.Database;
import io.lunarstream.server.http.Page;
import io.lunarstream.server.http.PageRequest;

/// Reads the audit log.
public final class AuditService {
    private final Database database;
    private final AuditRepository repository = new AuditRepository();

    public AuditService(Database database) {
        this.database = database;
    }

    Page<NamedEntry> list(AuditFilter filter, PageRequest page) {
        return database.read(
                handle -> new Page<>(repository.list(handle, filter, page), repository.count(handle, filter)));
    }
}
