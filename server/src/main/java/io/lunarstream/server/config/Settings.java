package io.lunarstream.server.config;

import io.lunarstream.server.cluster.ValkeyAddress;
import io.lunarstream.server.database.DatabaseLocation;
import io.lunarstream.server.live.LiveSettings;
import io.lunarstream.server.live.LiveSettings.Takeover;
import io.lunarstream.server.ratelimit.Quota;
import io.lunarstream.server.ratelimit.RateLimit;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What the program obeys, checked. `lunar.yaml` explains each.
///
/// @param role what this process does
/// @param api how a media node reaches the API; empty for other roles
/// @param dataDir folder of everything that must survive a restart
/// @param database where livestreams and all else that the API knows are kept; a media node does not look at it
/// @param encryption by which secrets are kept in the database; empty where they are files of the data directory
/// @param bind address that the HTTP and RTMP ports listen on
/// @param httpPort port of API, HLS and player; 0 takes a free one
/// @param rtmpPort port of the ingest; 0 takes a free one
/// @param tls the certificate and the ports that use it
/// @param managementBind address that the management port listens on
/// @param managementPort port of metrics and health; 0 takes a free one
/// @param publicUrl how partners and viewers reach the HTTP port, without a slash at the end
/// @param publicRtmpUrl how encoders reach the RTMP port, without a slash at the end
/// @param reconnectWindow how long a dropped encoder may stay away before its broadcast ends
/// @param takeover what happens to a publisher when a second one comes with a valid token
/// @param pushTokenLeeway by how much a push token outlives its `exp`, for clocks that differ
/// @param maxStreams how many publishers the media server of this process takes
/// @param trustedProxies peers whose `X-Forwarded-For` and PROXY protocol headers are believed
/// @param cdns where else HLS can be had, in order of preference after the origin
/// @param rateLimits how many requests each limit lets through
/// @param valkey what several nodes on one database share; empty where there is one
/// @param auditRetention how long the audit log remembers
/// @param logFormat how log lines are written
public record Settings(
        Role role,
        Optional<ApiAccess> api,
        Path dataDir,
        DatabaseLocation database,
        Optional<EncryptionKeys> encryption,
        String bind,
        int httpPort,
        int rtmpPort,
        Optional<Tls> tls,
        String managementBind,
        int managementPort,
        Optional<URI> publicUrl,
        Optional<URI> publicRtmpUrl,
        Duration reconnectWindow,
        Takeover takeover,
        Duration pushTokenLeeway,
        int maxStreams,
        List<AddressRange> trustedProxies,
        List<Cdn> cdns,
        Map<RateLimit, Quota> rateLimits,
        Optional<ValkeyAddress> valkey,
        Duration auditRetention,
        LogFormat logFormat) {

    public Settings {
        trustedProxies = List.copyOf(trustedProxies);
        cdns = List.copyOf(cdns);
        rateLimits = Map.copyOf(rateLimits);
    }

    /// How live streams behave.
    public LiveSettings live() {
        return new LiveSettings(reconnectWindow, takeover, maxStreams);
    }

    /// Encrypted ports, beside the others.
    ///
    /// @param certificate PEM file of the certificate and those that lead to its root
    /// @param key PEM file of the certificate's private key
    /// @param httpsPort port of API, HLS and player with TLS; 0 takes a free one
    /// @param rtmpsPort port of the ingest with TLS; 0 takes a free one
    public record Tls(Path certificate, Path key, OptionalInt httpsPort, OptionalInt rtmpsPort) {

        boolean isUnused() {
            return httpsPort.isEmpty() && rtmpsPort.isEmpty();
        }
    }

    /// How log lines are written.
    public enum LogFormat {
        TEXT,
        JSON
    }

    /// A cache in front of the origin.
    ///
    /// @param name how `hlsSources` calls it
    /// @param url its address of the origin's `/hls`, without a slash at the end; the media server's name takes
    ///     the place of [#MEDIA_SERVER] in it
    /// @param regions of media servers whose livestreams it is to come first for
    public record Cdn(String name, String url, List<String> regions) {

        /// With several media servers behind one CDN, its path or host must say which.
        public static final String MEDIA_SERVER = "{mediaServer}";

        public Cdn {
            regions = List.copyOf(regions);
        }

        /// Its address of the `/hls` of a media server.
        ///
        /// @param mediaServer its name
        public String url(String mediaServer) {
            String encoded =
                    URLEncoder.encode(mediaServer, StandardCharsets.UTF_8).replace("+", "%20");
            return url.replace(MEDIA_SERVER, encoded);
        }

        /// Whether media servers have addresses of their own.
        public boolean tellsMediaServersApart() {
            return url.contains(MEDIA_SERVER);
        }
    }
}
