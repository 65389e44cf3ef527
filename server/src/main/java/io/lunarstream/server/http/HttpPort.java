package io.lunarstream.server.http;

import io.lunarstream.server.config.Settings;
import io.lunarstream.server.transport.CertificateFiles;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// How an HTTP port is to be opened: HTTP/1.1, or with a certificate HTTP/2 and HTTP/1.1 over TLS, as the client likes.
///
/// @param bind the address to listen on
/// @param port the port; 0 takes a free one
/// @param eventLoops how many of the event loops share it
/// @param option what changes the port, for the operator
/// @param certificate whose presence makes it a TLS port
/// @param slowViewers what becomes of clients that do not read
public record HttpPort(
        String bind,
        int port,
        int eventLoops,
        String option,
        Optional<CertificateFiles> certificate,
        SlowViewers slowViewers) {

    /// Longer than the longest wait of a playlist request, which no byte interrupts.
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);

    /// Room for the longest `search` a livestream's name can match, percent-encoded.
    private static final int MAX_REQUEST_LINE_BYTES = 16 * 1024;

    private static final int MAX_HEADER_BYTES = 16 * 1024;

    /// Requests at a time on one HTTP/2 connection. A browser plays a dozen streams with far fewer; each may hold a
    /// place among those that wait.
    static final int MAX_CONCURRENT_STREAMS = 100;

    /// Requests that an HTTP/2 client may give up in a window, which costs it nothing and us the work: players give up
    /// one for each seek or change of variant. More close the connection. Source: CVE-2023-44487, "rapid reset".
    static final int MAX_RESETS = 200;

    private static final Duration RESET_WINDOW = Duration.ofSeconds(30);

    /// A port without TLS.
    public static HttpPort plain(String bind, int port, int eventLoops, String option, SlowViewers slowViewers) {
        return new HttpPort(bind, port, eventLoops, option, Optional.empty(), slowViewers);
    }

    /// The operator's port.
    public static HttpPort management(Settings settings, SlowViewers slowViewers) {
        return plain(settings.managementBind(), settings.managementPort(), 1, "--management-port", slowViewers);
    }

    HttpServerOptions options() {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout((int) IDLE_TIMEOUT.toSeconds())
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setHandle100ContinueAutomatically(true)
                // HTTP/2 is for TLS: no browser speaks it without, and proxies disagree about the upgrade.
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true);
        certificate.ifPresent(files -> {
            files.secure(options);
            options.setUseAlpn(true)
                    .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                    .setInitialSettings(new Http2Settings()
                            .setMaxConcurrentStreams(MAX_CONCURRENT_STREAMS)
                            .setMaxHeaderListSize(MAX_HEADER_BYTES))
                    .setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS)
                    .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
                    .setHttp2RstFloodWindowDuration((int) RESET_WINDOW.toSeconds());
        });
        return options;
    }
}
