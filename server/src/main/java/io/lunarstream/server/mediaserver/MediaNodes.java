package io.lunarstream.server.mediaserver;

import io.lunarstream.server.database.Database;
import io.lunarstream.server.http.ApiException;
import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.http.Values;
import io.lunarstream.server.mediaserver.MediaServer.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Media nodes: media servers of ours in processes of their own, which report every 2 s.
///
/// Source: operations, "Many machines".
public final class MediaNodes {
    private static final Logger LOG = LoggerFactory.getLogger(MediaNodes.class);

    /// How long nothing may be heard of a node that is online: seven reports.
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /// What a node says of itself.
    ///
    /// @param isStopping whether this is its last word
    public record Self(
            String rtmpServer,
            Optional<String> rtmpsServer,
            String hlsBaseUrl,
            int maxStreams,
            int activeStreams,
            int viewers,
            Optional<Double> cpuLoad,
            boolean isStopping) {

        /// The same with its addresses as they are stored, or 422.
        public Self checked(Values values) {
            return new Self(
                    rtmp(values, "rtmpServer", rtmpServer),
                    rtmpsServer.map(address -> rtmp(values, "rtmpsServer", address)),
                    values.address(
                            "hlsBaseUrl", hlsBaseUrl, MediaServerRegistry.MAX_HLS_BASE_URL_CHARACTERS, "http", "https"),
                    maxStreams,
                    activeStreams,
                    viewers,
                    cpuLoad,
                    isStopping);
        }

        private static String rtmp(Values values, String field, String address) {
            return values.address(field, address, MediaServerRegistry.MAX_RTMP_SERVER_CHARACTERS, "rtmp", "rtmps");
        }
    }

    private final Database database;
    private final MediaServerRepository servers = new MediaServerRepository();
    private final MediaNodeRepository nodes = new MediaNodeRepository();
    private final InstantSource clock;
    private final Instant startedAt;

    public MediaNodes(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /// A node has reported: it is online, unless it is drained or stops, with what it says of itself.
    public void heard(Handle transaction, UUID id, Self self) {
        servers.lock(transaction, id);
        MediaServer before = servers.find(transaction, id).orElseThrow(MediaNodes::isRemoved);
        MediaServer now = new MediaServer(
                id,
                before.name(),
                before.region(),
                before.kind(),
                self.isStopping() ? Status.OFFLINE : Status.ONLINE,
                self.rtmpServer(),
                self.rtmpsServer(),
                self.hlsBaseUrl(),
                self.maxStreams());
        servers.announce(transaction, now);
        nodes.putLoad(
                transaction, id, new NodeLoad(clock.instant(), self.activeStreams(), self.viewers(), self.cpuLoad()));
    }

    /// Its secret was good a moment ago.
    private static ApiException isRemoved() {
        return new ApiException(ErrorCode.INVALID_MEDIA_SERVER_SECRET);
    }

    /// Puts nodes offline that have fallen silent. Drained ones stay as the operator wants them.
    public void sweep() {
        Instant since = silentSince(SILENCE);
        List<String> silent = database.read(handle -> nodes.onlineButSilent(handle, since));
        if (!silent.isEmpty()) {
            LOG.warn("media nodes are silent, and offline now: {}", silent);
            database.run(transaction -> nodes.putSilentOffline(transaction, since));
        }
    }

    /// Whether a media server is a node that has gone: it is offline, or drained and silent.
    public boolean isGone(Handle handle, UUID id) {
        return nodes.isSilent(handle, id, silentSince(SILENCE));
    }

    /// Who was last heard of then or before has been silent for so long, as far as this program can tell: it may have
    /// been away itself, so that it counts from its own start.
    public Instant silentSince(Duration patience) {
        Instant since = clock.instant().minus(patience);
        return since.isBefore(startedAt) ? Instant.EPOCH : since;
    }
}
