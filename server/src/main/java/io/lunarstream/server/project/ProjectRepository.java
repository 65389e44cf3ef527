package io.lunarstream.server.project;

import io.lunarstream.server.database.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The SQL of projects.
public final class ProjectRepository {

    public void insert(Handle handle, Project project) {
        handle.createUpdate("insert into project (id, name, created_at) values (:id, :name, :createdAt)")
                .bind("id", project.id())
                .bind("name", project.name())
                .bind("createdAt", project.createdAt())
                .execute();
    }

    /// The first project that was made: the one that a first start makes.
    public Optional<Project> oldest(Handle handle) {
        return handle.createQuery("select id, name, created_at from project order by created_at, id limit 1")
                .map((results, context) -> project(results))
                .findFirst();
    }

    private static Project project(ResultSet results) throws SQLException {
        Row row = new Row(results);
        return new Project(row.uuid("id"), row.text("name"), row.instant("created_at"));
    }
}
