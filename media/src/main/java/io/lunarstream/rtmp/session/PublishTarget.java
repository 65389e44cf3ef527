package io.lunarstream.rtmp.session;

import java.net.URI;

/// Where our own publisher connects and publishes to.
///
/// @param secure whether the connection is TLS
/// @param host name or address
/// @param port TCP port
/// @param app the path but for its last part
/// @param streamName the last part of the path with the query, which may hold a push token
public record PublishTarget(boolean secure, String host, int port, String app, String streamName) {
    private static final int RTMP_PORT = 1935;
    private static final int RTMPS_PORT = 443;
    private static final int PORT_MAX = 65_535;

    /// Takes apart `rtmp://host:port/app/name?query`.
    ///
    /// @throws IllegalArgumentException with a sentence for the user, without the query
    public static PublishTarget parse(String url) {
        int mark = url.indexOf('?');
        String query = mark < 0 ? "" : url.substring(mark);
        URI uri;
        try {
            uri = URI.create(mark < 0 ? url : url.substring(0, mark));
        } catch (IllegalArgumentException _) {
            throw notAnAddress();
        }
        boolean secure = "rtmps".equalsIgnoreCase(uri.getScheme());
        String path = uri.getRawPath();
        if (uri.getHost() == null || path == null || !(secure || "rtmp".equalsIgnoreCase(uri.getScheme()))) {
            throw notAnAddress();
        }
        int slash = path.lastIndexOf('/');
        if (slash < 1 || slash == path.length() - 1) {
            throw notAnAddress();
        }
        int usualPort = secure ? RTMPS_PORT : RTMP_PORT;
        int port = uri.getPort() < 0 ? usualPort : uri.getPort();
        if (port == 0 || port > PORT_MAX) {
            throw notAnAddress();
        }
        return new PublishTarget(
                secure, uri.getHost(), port, path.substring(1, slash), path.substring(slash + 1) + query);
    }

    /// What `connect` says as `tcUrl`.
    String tcUrl() {
        return (secure ? "rtmps://" : "rtmp://") + host + ":" + port + "/" + app;
    }

    private static IllegalArgumentException notAnAddress() {
        return new IllegalArgumentException("an address to publish to looks like rtmp://host:1935/live/streamKey?...");
    }

    /// Without app and stream name, which may hold secrets.
    @Override
    public String toString() {
        return "PublishTarget[host=" + host + ", port=" + port + "]";
    }
}
