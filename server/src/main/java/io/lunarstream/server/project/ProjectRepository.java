package io.lunarstream.server.project;

import io.lunarstream.server.database.Row;
import io.lunarstream.server.http.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of projects.
public final class ProjectRepository {
    private static final String SELECT = "select id, name, created_at from project ";

    /// Stores a project.
    ///
    /// @return false if its name is taken
    public boolean insert(Handle handle, Project project) {
        return handle.createUpdate("""
                        insert into project (id, name, created_at) values (:id, :name, :createdAt)
                        on conflict (name) do nothing""")
                        .bind("id", project.id())
                        .bind("name", project.name())
                        .bind("createdAt", project.createdAt())
                        .execute()
                == 1;
    }

    /// The first project that was made: the one that a first start makes.
    public Optional<Project> oldest(Handle handle) {
        return handle.createQuery(SELECT + "order by created_at, id limit 1")
                .map((results, context) -> project(results))
                .findFirst();
    }

    boolean exists(Handle handle, UUID id) {
        return handle.createQuery("select count(*) from project where id = :id")
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }

    /// One page, newest first.
    List<Project> list(Handle handle, PageRequest page) {
        return handle.createQuery(SELECT + "order by created_at desc, id desc limit :limit offset :offset")
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map((results, context) -> project(results))
                .list();
    }

    long count(Handle handle) {
        return handle.createQuery("select count(*) from project")
                .mapTo(Long.class)
                .one();
    }

    private static Project project(ResultSet results) throws SQLException {
        Row row = new Row(results);
        return new Project(row.uuid("id"), row.text("name"), row.instant("created_at"));
    }
}
