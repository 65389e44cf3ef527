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
    private static final String SELECT =
            "select id, name, region, kind, status, rtmp_server, hls_base_url, max_streams from media_server ";

    void insert(Handle handle, MediaServer server, Instant now) {
        handle.createUpdate("""
                        insert into media_server
                            (id, name, region, kind, status, rtmp_server, hls_base_url, max_streams, created_at)
                        values (:id, :name, :region, :kind, :status, :rtmpServer, :hlsBaseUrl, :maxStreams, :now)""")
                .bind("id", server.id())
                .bind("name", server.name())
                .bind("region", server.region())
                .bind("kind", server.kind().apiName())
                .bind("status", server.status().name())
                .bind("rtmpServer", server.rtmpServer())
                .bind("hlsBaseUrl", server.hlsBaseUrl())
                .bind("maxStreams", server.maxStreams())
                .bind("now", now)
                .execute();
    }

    void update(Handle handle, MediaServer server) {
        handle.createUpdate("""
                        update media_server set status = :status, rtmp_server = :rtmpServer,
                            hls_base_url = :hlsBaseUrl, max_streams = :maxStreams
                        where id = :id""")
                .bind("id", server.id())
                .bind("status", server.status().name())
                .bind("rtmpServer", server.rtmpServer())
                .bind("hlsBaseUrl", server.hlsBaseUrl())
                .bind("maxStreams", server.maxStreams())
                .execute();
    }

    Optional<MediaServer> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "where id = :id")
                .bind("id", id)
                .map((results, context) -> mediaServer(results))
                .findFirst();
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

    private static MediaServer mediaServer(ResultSet results) throws SQLException {
        Row row = new Row(results);
        return new MediaServer(
                row.uuid("id"),
                row.text("name"),
                row.text("region"),
                MediaServer.Kind.ofApiName(row.text("kind")).orElseThrow(),
                MediaServer.Status.valueOf(row.text("status")),
                row.text("rtmp_server"),
                row.text("hls_base_url"),
                row.integer("max_streams"));
    }
}
