package io.lunarstream.server.project;

import io.lunarstream.server.audit.AuditAction;
import io.lunarstream.server.audit.AuditLog;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.http.ApiException;
import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.http.Page;
import io.lunarstream.server.http.PageRequest;
import io.lunarstream.server.http.Values;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/// The rules of projects.
public final class ProjectService {
    private final Database database;
    private final ProjectRepository projects = new ProjectRepository();
    private final AuditLog audit;
    private final InstantSource clock;

    public ProjectService(Database database, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    Page<Project> list(PageRequest page) {
        return database.read(handle -> new Page<>(projects.list(handle, page), projects.count(handle)));
    }

    /// Makes a project, without a key yet.
    Project create(String name) {
        Values values = new Values();
        String stripped = values.name("name", name);
        values.check();
        Project project = new Project(UUID.randomUUID(), stripped, clock.instant());
        database.run(transaction -> {
            if (!projects.insert(transaction, project)) {
                throw new ApiException(ErrorCode.PROJECT_NAME_EXISTS);
            }
            audit.record(
                    transaction, AuditAction.PROJECT_CREATED, Optional.of(project.id()), Optional.of(project.id()));
        });
        return project;
    }
}
