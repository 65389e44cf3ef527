package io.lunarstream.server.config;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The addresses that others reach this server by. Never taken from a request's `Host`.
///
/// @param publicUrl of the HTTP port, without a slash at the end
/// @param httpsUrl of the HTTPS port, where there is one, without a slash at the end
/// @param rtmpServer of the ingest, where there is one: what an encoder's "server" field takes
/// @param rtmpsServer of the ingest with TLS, where there is one
/// @param managementUrl of metrics and health
public record Addresses(
        String publicUrl,
        Optional<String> httpsUrl,
        Optional<String> rtmpServer,
        Optional<String> rtmpsServer,
        String managementUrl) {
    private static final int RTMP_DEFAULT_PORT = 1935;

    /// Of both, by convention: no encoder tries another one.
    private static final int TLS_DEFAULT_PORT = 443;

    /// The ports that are really open.
    ///
    /// @param rtmp of the ingest, where there is one
    public record Ports(int http, OptionalInt https, OptionalInt rtmp, OptionalInt rtmps, int management) {}

    /// The configured addresses, completed with the ports that are really open.
    public static Addresses of(Settings settings, Ports ports) {
        URI publicUrl = settings.publicUrl().orElseGet(() -> URI.create("http://localhost:" + ports.http()));
        Optional<URI> rtmpServer =
                ports.rtmp().isEmpty() ? Optional.empty() : Optional.of(rtmpServer(settings, publicUrl, ports));
        return new Addresses(
                publicUrl.toString(),
                httpsUrl(publicUrl, ports.https()),
                rtmpServer.map(URI::toString),
                rtmpServer.flatMap(url -> rtmpsServer(url, ports.rtmps())),
                "http://" + reachable(settings.managementBind()) + ":" + ports.management());
    }

    private static URI rtmpServer(Settings settings, URI publicUrl, Ports ports) {
        int port = ports.rtmp().orElseThrow();
        return settings.publicRtmpUrl()
                .orElseGet(() -> URI.create("rtmp://" + publicUrl.getHost() + port(port, RTMP_DEFAULT_PORT) + "/live"));
    }

    private static Optional<String> httpsUrl(URI publicUrl, OptionalInt port) {
        return port.isEmpty()
                ? Optional.empty()
                : Optional.of("https://" + publicUrl.getHost() + port(port.getAsInt(), TLS_DEFAULT_PORT));
    }

    /// Where the RTMP address is an encrypted one, because of a proxy before us, it is the address.
    private static Optional<String> rtmpsServer(URI rtmpServer, OptionalInt port) {
        if ("rtmps".equals(rtmpServer.getScheme())) {
            return Optional.of(rtmpServer.toString());
        }
        return port.isEmpty()
                ? Optional.empty()
                : Optional.of("rtmps://" + rtmpServer.getHost() + port(port.getAsInt(), TLS_DEFAULT_PORT)
                        + rtmpServer.getRawPath());
    }

    private static String port(int port, int usual) {
        return port == usual ? "" : ":" + port;
    }

    /// An address to connect to, for one to listen on.
    public static String reachable(String bind) {
        if (bind.equals("0.0.0.0") || bind.equals("0:0:0:0:0:0:0:0")) {
            return "127.0.0.1";
        }
        return bind.contains(":") ? "[" + bind + "]" : bind;
    }

    /// Those that there are, by their names in `credentials.json`. Source: operations, "One machine".
    public Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("apiUrl", apiUrl());
        httpsUrl.ifPresent(url -> named.put("httpsUrl", url));
        rtmpServer.ifPresent(url -> named.put("rtmpUrl", url));
        rtmpsServer.ifPresent(url -> named.put("rtmpsUrl", url));
        named.put("managementUrl", managementUrl);
        return named;
    }

    /// Base path of the API.
    public String apiUrl() {
        return publicUrl + "/api/v1";
    }

    /// What every HLS address of this media server starts with.
    public String hlsBaseUrl() {
        return publicUrl + "/hls";
    }

    /// The page that plays a livestream.
    public String previewPlayback(String streamKey) {
        return apiUrl() + "/livestreams/preview-playback/" + streamKey;
    }
}
