package io.lunarstream.server.ingest;

import io.lunarstream.server.config.Settings;
import io.lunarstream.server.http.EventLoops;
import io.lunarstream.server.http.PortTakenException;
import io.lunarstream.server.transport.CertificateFiles;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The ports that encoders connect to.
///
/// @param plain without TLS
/// @param secure with TLS, if it is wanted
public record RtmpPorts(RtmpListener plain, Optional<RtmpListener> secure) implements AutoCloseable {

    /// Opens them.
    ///
    /// @param certificate of the TLS port; there where the settings want one
    /// @throws PortTakenException if one cannot be had
    public static RtmpPorts open(
            EventLoops loops, Settings settings, Optional<CertificateFiles> certificate, Ingest ingest) {
        RtmpListener plain = RtmpListener.open(loops, settings.bind(), settings.rtmpPort(), ingest);
        OptionalInt wanted = settings.tls().map(Settings.Tls::rtmpsPort).orElse(OptionalInt.empty());
        if (wanted.isEmpty()) {
            return new RtmpPorts(plain, Optional.empty());
        }
        try {
            return new RtmpPorts(
                    plain,
                    certificate.map(
                            files -> RtmpListener.openTls(loops, settings.bind(), wanted.getAsInt(), files, ingest)));
        } catch (PortTakenException e) {
            plain.close();
            throw e;
        }
    }

    /// The port that is really open, if any is.
    public static OptionalInt port(Optional<RtmpPorts> ports) {
        return ports.map(open -> OptionalInt.of(open.plain().port())).orElse(OptionalInt.empty());
    }

    /// The TLS port that is really open, if any is.
    public static OptionalInt securePort(Optional<RtmpPorts> ports) {
        return ports.map(RtmpPorts::securePort).orElse(OptionalInt.empty());
    }

    private OptionalInt securePort() {
        return secure.map(listener -> OptionalInt.of(listener.port())).orElse(OptionalInt.empty());
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
