package io.lunarstream.server.config;

import java.net.URI;

/// The addresses that others reach this server by. Never taken from a request's `Host`.
///
/// @param publicUrl of the HTTP port, without a slash at the end
/// @param rtmpServer of the ingest: what an encoder's "server" field takes
/// @param managementUrl of metrics and health
public record Addresses(String publicUrl, String rtmpServer, String managementUrl) {
    private static final int RTMP_DEFAULT_PORT = 1935;

    /// The configured addresses, completed with the ports that are really open.
    public static Addresses of(Settings settings, int httpPort, int rtmpPort, int managementPort) {
        URI publicUrl = settings.publicUrl().orElseGet(() -> URI.create("http://localhost:" + httpPort));
        String rtmpPortPart = rtmpPort == RTMP_DEFAULT_PORT ? "" : ":" + rtmpPort;
        String rtmpServer = settings.publicRtmpUrl()
                .map(URI::toString)
                .orElseGet(() -> "rtmp://" + publicUrl.getHost() + rtmpPortPart + "/live");
        return new Addresses(
                publicUrl.toString(),
                rtmpServer,
                "http://" + reachable(settings.managementBind()) + ":" + managementPort);
    }

    /// An address to connect to, for one to listen on.
    public static String reachable(String bind) {
        if (bind.equals("0.0.0.0") || bind.equals("0:0:0:0:0:0:0:0")) {
            return "127.0.0.1";
        }
        return bind.contains(":") ? "[" + bind + "]" : bind;
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
