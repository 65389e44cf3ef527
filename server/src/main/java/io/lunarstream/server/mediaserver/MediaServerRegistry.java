package io.lunarstream.server.mediaserver;

import io.lunarstream.server.audit.AuditAction;
import io.lunarstream.server.audit.AuditLog;
import io.lunarstream.server.auth.MediaServerSecret;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.http.ApiException;
import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.http.Values;
import io.lunarstream.server.mediaserver.MediaServer.Kind;
import io.lunarstream.server.mediaserver.MediaServer.Status;
import io.lunarstream.server.mediaserver.MediaServers.Load;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What operators do with media servers.
///
/// | | new livestreams | its livestreams |
/// |---|---|---|
/// | registered | welcome; on a node of ours once it has reported | |
/// | drained | refused, also after a restart | go on, and may start |
/// | resumed | as when registered | |
/// | removed | | there are none left; its secret is no longer good |
public final class MediaServerRegistry {
    private static final int MAX_REGION_CHARACTERS = 64;

    /// FFmpeg keeps about 1 000 characters of an RTMP address, and a push token needs most of them.
    static final int MAX_RTMP_SERVER_CHARACTERS = 255;

    /// Room for a path of any proxy; browsers take twice as much.
    static final int MAX_HLS_BASE_URL_CHARACTERS = 1000;

    /// More publishers than one machine can serve; above it the number is a typing error.
    public static final long MAX_STREAMS = 100_000;

    /// What an operator says of a new one. Its shape is checked, its values are not.
    record Registration(
            String name, String region, Kind kind, String rtmpServer, String hlsBaseUrl, BigInteger maxStreams) {}

    /// A media server that was just registered.
    ///
    /// @param secret to be shown once
    record Registered(Load load, MediaServerSecret secret) {}

    private final Database database;
    private final MediaServerRepository repository = new MediaServerRepository();
    private final MediaServers mediaServers;
    private final AuditLog audit;
    private final InstantSource clock;
    private final SecureRandom random;

    public MediaServerRegistry(
            Database database, MediaServers mediaServers, AuditLog audit, InstantSource clock, SecureRandom random) {
        this.database = database;
        this.mediaServers = mediaServers;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    List<Load> list() {
        return database.read(repository::list).stream().map(mediaServers::load).toList();
    }

    Registered register(Registration registration) {
        MediaServer server = checked(registration);
        MediaServerSecret secret = MediaServerSecret.generate(random);
        database.run(transaction -> {
            if (!repository.insert(transaction, server, Optional.of(secret.sha256()), clock.instant())) {
                throw new ApiException(ErrorCode.MEDIA_SERVER_NAME_EXISTS);
            }
            record(transaction, AuditAction.MEDIA_SERVER_ADDED, server.id());
        });
        return new Registered(mediaServers.load(server), secret);
    }

    private static MediaServer checked(Registration registration) {
        Values values = new Values();
        String rtmpServer =
                values.address("rtmpServer", registration.rtmpServer(), MAX_RTMP_SERVER_CHARACTERS, "rtmp", "rtmps");
        MediaServer server = new MediaServer(
                UUID.randomUUID(),
                values.name("name", registration.name()),
                values.strippedText("region", registration.region(), MAX_REGION_CHARACTERS),
                registration.kind(),
                statusOf(registration.kind()),
                rtmpServer,
                Optional.of(rtmpServer).filter(address -> address.startsWith("rtmps:")),
                values.address("hlsBaseUrl", registration.hlsBaseUrl(), MAX_HLS_BASE_URL_CHARACTERS, "http", "https"),
                (int) values.integer("maxStreams", registration.maxStreams(), 1, MAX_STREAMS));
        values.check();
        return server;
    }

    /// Of one that is not drained: foreign programs send no heartbeat, so they count as online; a node of ours is
    /// offline until it reports.
    private static Status statusOf(Kind kind) {
        return switch (kind) {
            case SRS, ZLMEDIAKIT, NGINX_RTMP -> Status.ONLINE;
            case LUNAR -> Status.OFFLINE;
        };
    }

    /// Takes no new livestreams any more. Nothing happens to one that is drained already.
    Load drain(UUID id) {
        return mediaServers.load(database.write(transaction -> {
            repository.lock(transaction, id);
            MediaServer server = require(transaction, id);
            if (server.status() != Status.DRAINING) {
                repository.setStatus(transaction, id, Status.DRAINING);
                record(transaction, AuditAction.MEDIA_SERVER_DRAINED, id);
            }
            return require(transaction, id);
        }));
    }

    /// Undoes [#drain]. Nothing happens to one that is not drained.
    Load resume(UUID id) {
        return mediaServers.load(database.write(transaction -> {
            repository.lock(transaction, id);
            MediaServer server = require(transaction, id);
            if (server.status() == Status.DRAINING) {
                Status status = server.isEmbedded() ? Status.ONLINE : statusOf(server.kind());
                repository.setStatus(transaction, id, status);
                record(transaction, AuditAction.MEDIA_SERVER_RESUMED, id);
            }
            return require(transaction, id);
        }));
    }

    /// Forgets one that no livestream lives on. Removes first and looks then, so that a livestream that is being made
    /// on it is either seen here or finds it gone.
    ///
    /// @return what it was
    Load remove(UUID id) {
        return mediaServers.load(database.write(transaction -> {
            repository.lock(transaction, id);
            MediaServer server = require(transaction, id);
            if (server.isEmbedded() && server.status() != Status.OFFLINE) {
                throw new ApiException(ErrorCode.MEDIA_SERVER_IS_EMBEDDED);
            }
            repository.remove(transaction, server, clock.instant());
            if (repository.hasLivestreams(transaction, id)) {
                throw new ApiException(ErrorCode.MEDIA_SERVER_IN_USE);
            }
            record(transaction, AuditAction.MEDIA_SERVER_REMOVED, id);
            return server;
        }));
    }

    private MediaServer require(Handle handle, UUID id) {
        return repository.find(handle, id).orElseThrow(() -> new ApiException(ErrorCode.MEDIA_SERVER_NOT_FOUND));
    }

    private void record(Handle transaction, AuditAction action, UUID id) {
        audit.record(transaction, action, Optional.of(id), Optional.empty());
    }
}
