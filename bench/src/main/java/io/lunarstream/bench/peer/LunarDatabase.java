package io.lunarstream.bench.peer;

import io.lunarstream.bench.host.BenchException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// The database of a server of ours that was started once and does not run now: filled with livestreams as a server
/// has them after years.
///
/// All are in one project, which is the worst case. Of 20, 12 have ended, 5 have expired, 2 are deleted, and 1 waits
/// for its broadcaster. Each has one push token.
public final class LunarDatabase {
    /// How far the births of livestreams lie apart.
    private static final long SPACING_MS = 20_000;

    private static final long DAY_MS = 86_400_000;

    /// Version 7, as the program makes them. The marks of a row: its number, the time of its birth.
    private static final String BORN = """
            with recursive number(i) as (select 1 union all select i + 1 from number where i < :count),
                born(i, at, hex) as (select i, :now - (:count - i) * :spacing,
                    printf('%012x', :now - (:count - i) * :spacing) from number)
            """;

    private static final String NEW_ID = """
            lower(substr(hex, 1, 8) || '-' || substr(hex, 9) || '-7' || substr(hex(randomblob(2)), 2)
                || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))""";

    private static final List<String> ROWS = List.of(
            """
            insert into livestream (id, project_id, media_server_id, name, name_folded, external_id,
                external_id_folded, metadata, status, stream_key, push_token_expires_at, started_at, ended_at,
                end_reason, created_at, updated_at, deleted_at)
            %s
            select %s, (select id from project limit 1), (select id from media_server limit 1),
                'livestream ' || i, 'livestream ' || i,
                case when i %% 2 = 1 then 'order-' || i end, case when i %% 2 = 1 then 'order-' || i end, '{}',
                case when i %% 20 = 0 then 'READY_FOR_USE' when i %% 20 < 6 then 'TOKEN_EXPIRED' else 'ENDED' end,
                lower(hex(randomblob(16))),
                case when i %% 20 = 0 then :now + 30 * :day else at + 3600000 end,
                case when i %% 20 > 5 then at + 60000 end, case when i %% 20 > 5 then at + 3600000 end,
                case when i %% 20 > 5 then 'client_stopped' end,
                at, at + 3600000, case when i %% 20 > 17 then at + 7200000 end
            from born order by i""".formatted(BORN, NEW_ID),
            """
            insert into push_token (jti, livestream_id, kid, iat, exp)
            select %s, id, 'first', created_at, push_token_expires_at
            from (select id, created_at, push_token_expires_at, replace(substr(id, 1, 13), '-', '') as hex
                from livestream order by id)""".formatted(NEW_ID),
            "delete from livestream_count",
            "delete from livestream_count_change",
            """
            insert into livestream_count (project_id, status, livestreams)
            select project_id, status, count(*) from livestream where deleted_at is null
            group by project_id, status""");

    private LunarDatabase() {}

    /// Adds so many livestreams.
    ///
    /// @param dataDir the server's data folder
    /// @param nowMs since 1970
    public static void fill(Path dataDir, int livestreams, long nowMs) {
        String url = "jdbc:sqlite:" + dataDir.resolve("lunar.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma synchronous = off");
            statement.execute("pragma cache_size = -200000");
            connection.setAutoCommit(false);
            // An index is made from its sorted rows in a tenth of the time that they take one by one.
            List<String> indexes = dropIndexes(statement);
            for (String sql : ROWS) {
                statement.execute(sql.replace(":count", Integer.toString(livestreams))
                        .replace(":now", Long.toString(nowMs))
                        .replace(":spacing", Long.toString(SPACING_MS))
                        .replace(":day", Long.toString(DAY_MS)));
            }
            for (String sql : indexes) {
                statement.execute(sql);
            }
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("pragma wal_checkpoint(truncate)");
        } catch (SQLException e) {
            throw new BenchException("cannot fill " + dataDir, e);
        }
    }

    /// @return the statements that make them again
    private static List<String> dropIndexes(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> indexes = new ArrayList<>();
        try (ResultSet index = statement.executeQuery("""
                select name, sql from sqlite_master
                where type = 'index' and sql is not null and tbl_name in ('livestream', 'push_token')""")) {
            while (index.next()) {
                names.add(index.getString("name"));
                indexes.add(index.getString("sql"));
            }
        }
        for (String name : names) {
            statement.execute("drop index " + name);
        }
        return indexes;
    }
}
