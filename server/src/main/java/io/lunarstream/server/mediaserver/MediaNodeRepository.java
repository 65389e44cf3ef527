package io.lunarstream.server.mediaserver;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of what media nodes say of themselves. The embedded media server is none: it is in this process.
final class MediaNodeRepository {
    private static final String IS_NODE = "kind = 'lunar' and name <> 'local'";

    private static final String IS_SILENT = """
            not exists (select 1 from media_node_report r
                where r.media_server_id = media_server.id and r.reported_at > :since)""";

    private static final String ONLINE_BUT_SILENT = "status = 'ONLINE' and " + IS_NODE + " and " + IS_SILENT;

    void putLoad(Handle handle, UUID id, NodeLoad load) {
        handle.createUpdate("""
                        insert into media_node_report
                            (media_server_id, reported_at, active_streams, viewers, cpu_load)
                        values (:id, :reportedAt, :activeStreams, :viewers, :cpuLoad)
                        on conflict (media_server_id) do update set reported_at = excluded.reported_at,
                            active_streams = excluded.active_streams, viewers = excluded.viewers,
                            cpu_load = excluded.cpu_load""")
                .bind("id", id)
                .bind("reportedAt", load.reportedAt())
                .bind("activeStreams", load.activeStreams())
                .bind("viewers", load.viewers())
                .bind("cpuLoad", load.cpuLoad())
                .execute();
    }

    /// Those that are online and were not heard of after `since`, by their names.
    List<String> onlineButSilent(Handle handle, Instant since) {
        return handle.createQuery("select name from media_server where " + ONLINE_BUT_SILENT + " order by name")
                .bind("since", since)
                .mapTo(String.class)
                .list();
    }

    /// Puts those offline that [#onlineButSilent] finds.
    void putSilentOffline(Handle handle, Instant since) {
        handle.createUpdate("update media_server set status = 'OFFLINE' where " + ONLINE_BUT_SILENT)
                .bind("since", since)
                .execute();
    }

    /// Whether this is a media server of ours that is offline, or a node that was not heard of after `since`.
    boolean isSilent(Handle handle, UUID id, Instant since) {
        return handle.createQuery("select 1 from media_server where id = :id and kind = 'lunar'"
                        + " and (status = 'OFFLINE' or " + IS_NODE + " and " + IS_SILENT + ")")
                .bind("id", id)
                .bind("since", since)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }
}
