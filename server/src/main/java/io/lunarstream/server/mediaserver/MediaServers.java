package io.lunarstream.server.mediaserver;

import io.lunarstream.server.audit.AuditAction;
import io.lunarstream.server.audit.AuditLog;
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

        /// How much of it is in use, as far as is known: of its places, or of its machine's processors.
        private double share() {
            double places = (double) activeStreams / server.maxStreams();
            return Math.max(places, server.nodeLoad().flatMap(NodeLoad::cpuLoad).orElse(0.0));
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
    public static UUID registerLocal(Handle transaction, AuditLog audit, Instant now) {
        MediaServerRepository repository = new MediaServerRepository();
        return repository.findLocal(transaction).map(MediaServer::id).orElseGet(() -> {
            UUID id = UUID.randomUUID();
            MediaServer local = new MediaServer(
                    id, MediaServer.LOCAL, MediaServer.LOCAL, Kind.LUNAR, Status.OFFLINE, "", Optional.empty(), "", 1);
            repository.insert(transaction, local, /* secretSha256= */ Optional.empty(), now);
            audit.record(transaction, AuditAction.MEDIA_SERVER_ADDED, Optional.of(id), Optional.empty());
            return id;
        });
    }

    /// Puts the embedded media server online, at the addresses and with the size of this start. One that an operator
    /// has drained stays so until the operator says otherwise.
    public void bringLocalOnline(UUID id, Addresses addresses, int maxStreams) {
        MediaServer local = new MediaServer(
                id,
                MediaServer.LOCAL,
                MediaServer.LOCAL,
                Kind.LUNAR,
                Status.ONLINE,
                addresses.rtmpServer().orElseThrow(),
                addresses.rtmpsServer(),
                addresses.hlsBaseUrl(),
                maxStreams);
        database.run(handle -> repository.bringBack(handle, local));
    }

    /// The program ends. Until it is back, the embedded media server is as a node that has gone: its livestreams can be
    /// moved, and API nodes end what was live there in time.
    public void takeLocalOffline(UUID id) {
        database.run(handle -> repository.putOffline(handle, id));
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

    /// The names of those of ours that are online.
    public List<String> onlineNames() {
        return database.read(repository::online).stream()
                .filter(server -> server.kind() == Kind.LUNAR)
                .map(MediaServer::name)
                .toList();
    }

    /// One of them, whatever its state.
    public Optional<Load> find(UUID id) {
        return database.read(handle -> repository.find(handle, id)).map(this::load);
    }

    /// As [#find], for a request that ends with 404 without it.
    public Load require(UUID id) {
        return find(id).orElseThrow(MediaServers::notFound);
    }

    /// One that livestreams have been on, even if it has been removed since.
    public MediaServer requireRemovedToo(UUID id) {
        return database.read(handle -> repository.findRemovedToo(handle, id)).orElseThrow(MediaServers::notFound);
    }

    /// Ends the transaction that has just put a livestream on a media server, if that was removed meanwhile.
    public void requireStillThere(Handle transaction, UUID id) {
        if (repository.find(transaction, id).isEmpty()) {
            throw notFound();
        }
    }

    private static ApiException notFound() {
        return new ApiException(ErrorCode.MEDIA_SERVER_NOT_FOUND);
    }

    /// Nodes report how many publishers they have, those of the embedded one come to this process, and of the others
    /// we know what has started.
    Load load(MediaServer server) {
        return new Load(server, server.nodeLoad().map(NodeLoad::activeStreams).orElseGet(() -> publishers(server)));
    }

    private int publishers(MediaServer server) {
        return server.isEmbedded()
                ? live.publishers()
                : database.read(handle -> repository.startedLivestreams(handle, server.id()));
    }
}
