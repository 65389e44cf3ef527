package io.lunarstream.server.mediaserver;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.lunarstream.server.mediaserver.MediaServers.Load;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A media server as the API shows it. Source: the Partner API, partner endpoints and admin.
///
/// @param rmtpServer the older revision's spelling of `rtmpServer`
/// @param kind which program it runs; for operators only
/// @param load what it has said of itself last, if it is a media node; for operators only
/// @param secret what it proves itself with; only where it was just registered
record MediaServerView(
        UUID id,
        String name,
        String region,
        @JsonInclude(Include.NON_EMPTY) Optional<String> kind,
        MediaServer.Status status,
        String rtmpServer,
        String rmtpServer,
        String hlsBaseUrl,
        Capacity capacity,
        @JsonInclude(Include.NON_EMPTY) Optional<NodeLoadView> load,
        @JsonInclude(Include.NON_EMPTY) Optional<String> secret) {

    /// @param activeStreams publishers now
    record Capacity(int maxStreams, int activeStreams) {}

    /// @param cpuLoad of its machine, from 0 to 1
    record NodeLoadView(Instant reportedAt, Optional<Double> cpuLoad, int viewers) {

        private static NodeLoadView of(NodeLoad load) {
            return new NodeLoadView(load.reportedAt(), load.cpuLoad(), load.viewers());
        }
    }

    static MediaServerView forPartners(Load load) {
        return of(load, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static MediaServerView forOperators(Load load) {
        return of(load, kind(load), load.server().nodeLoad().map(NodeLoadView::of), Optional.empty());
    }

    /// With the secret, which is shown once.
    static MediaServerView registered(Load load, String secret) {
        return of(load, kind(load), Optional.empty(), Optional.of(secret));
    }

    private static Optional<String> kind(Load load) {
        return Optional.of(load.server().kind().apiName());
    }

    private static MediaServerView of(
            Load load, Optional<String> kind, Optional<NodeLoadView> nodeLoad, Optional<String> secret) {
        MediaServer server = load.server();
        return new MediaServerView(
                server.id(),
                server.name(),
                server.region(),
                kind,
                server.status(),
                server.rtmpServer(),
                server.rtmpServer(),
                server.hlsBaseUrl(),
                new Capacity(server.maxStreams(), load.activeStreams()),
                nodeLoad,
                secret);
    }
}
