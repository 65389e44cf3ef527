package io.lunarstream.server.http;

import io.lunarstream.server.config.Settings;
import io.lunarstream.server.transport.CertificateFiles;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The ports of API, HLS and player, which all answer alike.
///
/// @param plain without TLS
/// @param secure with TLS, if it is wanted
public record HttpPorts(HttpListener plain, Optional<HttpListener> secure) implements AutoCloseable {

    /// Opens them.
    ///
    /// @param certificate of the TLS port; there where the settings want one
    /// @throws PortTakenException if one cannot be had
    public static HttpPorts open(
            EventLoops loops, Settings settings, Optional<CertificateFiles> certificate, SlowViewers slowViewers) {
        HttpListener plain = HttpListener.open(
                loops, HttpPort.plain(settings.bind(), settings.httpPort(), loops.count(), "--http-port", slowViewers));
        OptionalInt wanted = settings.tls().map(Settings.Tls::httpsPort).orElse(OptionalInt.empty());
        if (wanted.isEmpty()) {
            return new HttpPorts(plain, Optional.empty());
        }
        HttpPort secure = new HttpPort(
                settings.bind(), wanted.getAsInt(), loops.count(), "--https-port", certificate, slowViewers);
        try {
            return new HttpPorts(plain, Optional.of(HttpListener.open(loops, secure)));
        } catch (PortTakenException e) {
            plain.close();
            throw e;
        }
    }

    /// The TLS port that is really open.
    public OptionalInt securePort() {
        return secure.map(listener -> OptionalInt.of(listener.port())).orElse(OptionalInt.empty());
    }

    /// Starts to answer.
    ///
    /// @param byPrefix handlers by the beginning of the path, such as `/hls/`
    /// @param api what answers everything else
    public void serve(Map<String, Handler<HttpServerRequest>> byPrefix, Handler<HttpServerRequest> api) {
        plain.serve(byPrefix, api);
        secure.ifPresent(listener -> listener.serve(byPrefix, api));
    }

    /// Closes both at the same time: each waits for its connections.
    @Override
    public void close() {
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            secure.ifPresent(listener -> together.execute(listener::close));
            plain.close();
        }
    }
}
