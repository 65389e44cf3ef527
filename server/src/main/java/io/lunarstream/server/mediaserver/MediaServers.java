package io.lunarstream.server.mediaserver;

import io.lunarstream.server.config.Addresses;
import io.lunarstream.server.database.Database;
import io.lunarstream.server.http.ApiException;
import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.mediaserver.MediaServer.Kind;
import io.lunarstream.server.mediaserver.MediaServer.Status;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The rules of media servers: which there are, and which have room.
public final class MediaServers {
    /// A media server and how many publishers it has now.
    public record Load(MediaServer server, int activeStreams) {

        public boolean isFull() {
            return activeStreams >= server.maxStreams();
        }

        private double share() {
            return (double) activeStreams / server.maxStreams();
        }
    }

    private final Database database;
    private final MediaServerRepository repository;
    private final LiveStreams live;

    public MediaServers(Database database, MediaServerRepository repository, LiveStreams live) {
        this.database = database;
        this.repository = repository;
        this.live = live;
    }

    /// The embedded media server's id; the first time, it is made, without addresses and offline.
    public static UUID registerLocal(Handle handle, MediaServerRepository repository, Instant now) {
        return repository.findLocal(handle).map(MediaServer::id).orElseGet(() -> {
            UUID id = UUID.randomUUID();
            repository.insert(
                    handle,
                    new MediaServer(id, MediaServer.LOCAL, MediaServer.LOCAL, Kind.LUNAR, Status.OFFLINE, "", "", 1),
                    now);
            return id;
        });
    }

    /// Puts the embedded media server online, at the addresses and with the size of this start.
    public void bringLocalOnline(UUID id, Addresses addresses, int maxStreams) {
        MediaServer wanted = new MediaServer(
                id,
                MediaServer.LOCAL,
                MediaServer.LOCAL,
                Kind.LUNAR,
                Status.ONLINE,
                addresses.rtmpServer(),
                addresses.hlsBaseUrl(),
                maxStreams);
        if (!database.read(handle -> repository.find(handle, id)).equals(Optional.of(wanted))) {
            database.run(handle -> repository.update(handle, wanted));
        }
    }

    /// Those that are online and have room, least loaded first.
    public List<Load> available() {
        return database.read(repository::online).stream()
                .map(this::load)
                .filter(load -> !load.isFull())
                .sorted(Comparator.comparingDouble(Load::share)
                        .thenComparing(load -> load.server().name()))
                .toList();
    }

    /// One of them, whatever its state.
    public Optional<Load> find(UUID id) {
        return database.read(handle -> repository.find(handle, id)).map(this::load);
    }

    /// As [#find], for a request that ends with 404 without it.
    public Load require(UUID id) {
        return find(id).orElseThrow(() -> new ApiException(ErrorCode.MEDIA_SERVER_NOT_FOUND));
    }

    /// The embedded one is the only one that publishers come to in this process.
    private Load load(MediaServer server) {
        return new Load(server, server.name().equals(MediaServer.LOCAL) ? live.publishers() : 0);
    }
}
