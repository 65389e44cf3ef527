package io.lunarstream.server.livestream;

import io.lunarstream.server.database.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/// The SQL of how many livestreams a project has in each status, so that nobody counts a million rows.
///
/// Whatever changes a livestream's status adds a row of its own that says so, in the same transaction. Rows are added
/// up later, by [#addUp]: a number for all to write would make them wait for each other on PostgreSQL.
final class LivestreamCountRepository {

    /// Changes that are added up in one transaction: so few that whoever waits to write does not notice.
    static final int MOST_AT_ONCE = 1000;

    /// Those that have expired though nobody has written that down yet; seldom more than a second's.
    static final String OVERDUE = """
            with overdue as materialized (select id, project_id, created_at from livestream
                where status = 'READY_FOR_USE' and push_token_expires_at <= :passed and deleted_at is null)
            """;

    private static final String STORED = """
            coalesce((select sum(livestreams) from livestream_count where project_id = :projectId %1$s), 0)
                + coalesce((select sum(difference) from livestream_count_change
                    where project_id = :projectId %1$s), 0)
            """;

    private static final String COUNT = "select " + STORED.formatted("");

    private static final String COUNT_OF_STATUS = OVERDUE + "select " + STORED.formatted("and status = :status")
            + " + :overdueSign * (select count(*) from overdue where project_id = :projectId)";

    /// What is counted: the livestreams of a project that have a status.
    record Counted(UUID projectId, LivestreamStatus status) {
        static final Comparator<Counted> ORDER =
                Comparator.comparing(Counted::projectId).thenComparing(Counted::status);
    }

    /// By how many it has changed.
    private record Change(Counted counted, long difference) {}

    /// A livestream has come into being.
    void born(Handle handle, Counted livestream) {
        add(handle, Map.of(livestream, 1L));
    }

    /// A livestream is deleted.
    void deleted(Handle handle, Counted livestream) {
        add(handle, Map.of(livestream, -1L));
    }

    /// Livestreams have changed their status.
    ///
    /// @param livestreams how many of each project
    void move(Handle handle, Map<UUID, Long> livestreams, LivestreamStatus from, LivestreamStatus to) {
        Map<Counted, Long> differences = new TreeMap<>(Counted.ORDER);
        livestreams.forEach((project, many) -> {
            differences.put(new Counted(project, from), -many);
            differences.put(new Counted(project, to), many);
        });
        add(handle, differences);
    }

    private static void add(Handle handle, Map<Counted, Long> differences) {
        PreparedBatch batch = handle.prepareBatch("""
                insert into livestream_count_change (id, project_id, status, difference)
                values (:id, :projectId, :status, :difference)""");
        differences.forEach((counted, difference) -> batch.bind("id", UUID.randomUUID())
                .bind("projectId", counted.projectId())
                .bind("status", counted.status().name())
                .bind("difference", difference)
                .add());
        batch.execute();
    }

    /// How many livestreams a project has.
    ///
    /// @param status only of those; a livestream that has expired counts as such, even if that is not written yet
    /// @param passed the latest deadline that has passed
    long count(Handle handle, UUID projectId, Optional<LivestreamStatus> status, Instant passed) {
        Query query = status.isEmpty()
                ? handle.createQuery(COUNT)
                : handle.createQuery(COUNT_OF_STATUS)
                        .bind("status", status.get().name())
                        .bind("overdueSign", overdueSign(status.get()))
                        .bind("passed", passed);
        return query.bind("projectId", projectId).mapTo(Long.class).one();
    }

    private static int overdueSign(LivestreamStatus status) {
        return switch (status) {
            case READY_FOR_USE -> -1;
            case TOKEN_EXPIRED -> 1;
            case STARTED, ENDED -> 0;
        };
    }

    /// Whether there are changes to add up.
    boolean anyChange(Handle handle) {
        return handle.createQuery("select 1 from livestream_count_change limit 1")
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    /// Adds changes up, some at a time. Nobody else may do that at the same time.
    ///
    /// @return how many
    int addUp(Handle handle) {
        List<Change> changes = handle.createQuery("""
                        delete from livestream_count_change
                        where id in (select id from livestream_count_change limit :most)
                        returning project_id, status, difference""")
                .bind("most", MOST_AT_ONCE)
                .map((results, context) -> change(results))
                .list();
        Map<Counted, Long> sums = new TreeMap<>(Counted.ORDER);
        changes.forEach(change -> sums.merge(change.counted(), change.difference(), Long::sum));
        PreparedBatch batch = handle.prepareBatch("""
                insert into livestream_count (project_id, status, livestreams)
                values (:projectId, :status, :difference)
                on conflict (project_id, status) do update
                    set livestreams = livestream_count.livestreams + excluded.livestreams""");
        sums.forEach((counted, difference) -> batch.bind("projectId", counted.projectId())
                .bind("status", counted.status().name())
                .bind("difference", difference)
                .add());
        batch.execute();
        return changes.size();
    }

    private static Change change(ResultSet results) throws SQLException {
        Row row = new Row(results);
        Counted counted = new Counted(row.uuid("project_id"), LivestreamStatus.valueOf(row.text("status")));
        return new Change(counted, row.longInteger("difference"));
    }
}
