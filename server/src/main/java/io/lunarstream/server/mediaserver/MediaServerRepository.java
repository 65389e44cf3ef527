package io.lunarstream.server.mediaserver;

import io.lunarstream.server.database.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of media servers.
public final class MediaServerRepository {
    private static final String SELECT = """
            select id, coalesce(removed_name, name) as name, region, kind, status, rtmp_server, rtmps_server,
                hls_base_url, max_streams, reported_at, active_streams, viewers, cpu_load
            from media_server left join media_node_report on media_server_id = id
            """;

    /// Stores a media server.
    ///
    /// @param secretSha256 of its secret, in hex; the embedded one has none
    /// @return false if its name is taken
    boolean insert(Handle handle, MediaServer server, Optional<String> secretSha256, Instant now) {
        return handle.createUpdate("""
                        insert into media_server (id, name, region, kind, status, secret_sha256, rtmp_server,
                            rtmps_server, hls_base_url, max_streams, created_at)
                        values (:id, :name, :region, :kind, :status, :secretSha256, :rtmpServer,
                            :rtmpsServer, :hlsBaseUrl, :maxStreams, :now)
                        on conflict (name) do nothing""")
                        .bind("id", server.id())
                        .bind("name", server.name())
                        .bind("region", server.region())
                        .bind("kind", server.kind().apiName())
                        .bind("status", server.status().name())
                        .bind("secretSha256", secretSha256)
                        .bind("rtmpServer", server.rtmpServer())
                        .bind("rtmpsServer", server.rtmpsServer())
                        .bind("hlsBaseUrl", server.hlsBaseUrl())
                        .bind("maxStreams", server.maxStreams())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /// Makes whoever else changes a media server wait until this transaction ends, and waits for whoever came before.
    /// Nothing happens if there is no such media server.
    void lock(Handle handle, UUID id) {
        handle.createUpdate("update media_server set name = name where id = :id")
                .bind("id", id)
                .execute();
    }

    /// Gives a media server the status, the addresses and the size that it says it has; one that is drained stays so.
    void announce(Handle handle, MediaServer server) {
        handle.createUpdate("""
                        update media_server set
                            status = case when status = 'DRAINING' then status else :status end,
                            rtmp_server = :rtmpServer, rtmps_server = :rtmpsServer, hls_base_url = :hlsBaseUrl,
                            max_streams = :maxStreams
                        where id = :id""")
                .bind("id", server.id())
                .bind("status", server.status().name())
                .bind("rtmpServer", server.rtmpServer())
                .bind("rtmpsServer", server.rtmpsServer())
                .bind("hlsBaseUrl", server.hlsBaseUrl())
                .bind("maxStreams", server.maxStreams())
                .execute();
    }

    /// As [#announce], for one whose broadcasts are not leased while it is there. There are few leases, and many
    /// livestreams on it: each lease is looked at by itself.
    void bringBack(Handle handle, MediaServer server) {
        announce(handle, server);
        String leasesOfIt = """
                delete from lease where
                    (select l.media_server_id from livestream l where l.id = livestream_id) = :id""";
        handle.createUpdate(leasesOfIt).bind("id", server.id()).execute();
    }

    /// One that is online is no more.
    void putOffline(Handle handle, UUID id) {
        handle.createUpdate("update media_server set status = 'OFFLINE' where id = :id and status = 'ONLINE'")
                .bind("id", id)
                .execute();
    }

    void setStatus(Handle handle, UUID id, MediaServer.Status status) {
        handle.createUpdate("update media_server set status = :status where id = :id")
                .bind("id", id)
                .bind("status", status.name())
                .execute();
    }

    /// Frees its name and makes its secret useless. A transaction that has put a livestream on it is waited for, and
    /// one that is about to must wait: its name is a key, and the livestream refers to the row.
    void remove(Handle handle, MediaServer server, Instant now) {
        handle.createUpdate("""
                        update media_server set status = 'OFFLINE', secret_sha256 = null,
                            name = :freed, removed_name = :name, removed_at = :now
                        where id = :id""")
                .bind("id", server.id())
                .bind("freed", server.id().toString())
                .bind("name", server.name())
                .bind("now", now)
                .execute();
    }

    /// Whether livestreams live on it that are not deleted.
    boolean hasLivestreams(Handle handle, UUID id) {
        return handle.createQuery("""
                        select 1 from livestream where media_server_id = :id and deleted_at is null limit 1""")
                .bind("id", id)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    /// One that is not removed.
    Optional<MediaServer> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "where id = :id and removed_at is null")
                .bind("id", id)
                .map((results, context) -> mediaServer(results))
                .findFirst();
    }

    /// One that is there or has been.
    Optional<MediaServer> findRemovedToo(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "where id = :id")
                .bind("id", id)
                .map((results, context) -> mediaServer(results))
                .findFirst();
    }

    /// All that are not removed, newest first.
    List<MediaServer> list(Handle handle) {
        return handle.createQuery(SELECT + "where removed_at is null order by created_at desc, id desc")
                .map((results, context) -> mediaServer(results))
                .list();
    }

    /// The embedded one.
    public Optional<MediaServer> findLocal(Handle handle) {
        return handle.createQuery(SELECT + "where name = :name")
                .bind("name", MediaServer.LOCAL)
                .map((results, context) -> mediaServer(results))
                .findFirst();
    }

    List<MediaServer> online(Handle handle) {
        return handle.createQuery(SELECT + "where status = 'ONLINE' order by name")
                .map((results, context) -> mediaServer(results))
                .list();
    }

    /// How many livestreams on a media server are `STARTED`.
    int startedLivestreams(Handle handle, UUID id) {
        return handle.createQuery("""
                        select count(*) from livestream
                        where status = 'STARTED' and media_server_id = :id and deleted_at is null""").bind("id", id).mapTo(Integer.class).one();
    }

    private static MediaServer mediaServer(ResultSet results) throws SQLException {
        Row row = new Row(results);
        return new MediaServer(
                row.uuid("id"),
                row.text("name"),
                row.text("region"),
                MediaServer.Kind.ofApiName(row.text("kind")).orElseThrow(),
                MediaServer.Status.valueOf(row.text("status")),
                row.text("rtmp_server"),
                row.optionalText("rtmps_server"),
                row.text("hls_base_url"),
                row.integer("max_streams"),
                nodeLoad(row));
    }

    private static Optional<NodeLoad> nodeLoad(Row row) throws SQLException {
        Optional<Instant> reportedAt = row.optionalInstant("reported_at");
        return reportedAt.isEmpty()
                ? Optional.empty()
                : Optional.of(new NodeLoad(
                        reportedAt.get(),
                        row.integer("active_streams"),
                        row.integer("viewers"),
                        row.optionalNumber("cpu_load")));
    }
}
