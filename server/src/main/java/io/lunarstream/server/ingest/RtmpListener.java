package io.lunarstream.server.ingest;

import io.lunarstream.server.http.EventLoops;
import io.lunarstream.server.http.PortTakenException;
import io.lunarstream.server.transport.CertificateFiles;
import io.lunarstream.server.transport.ListeningPort;
import io.lunarstream.server.transport.PortServer;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An RTMP port, or with a certificate an RTMPS port, on every event loop.
public final class RtmpListener implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    /// How long connections may stay to read why they are cut.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(RtmpListener.class);

    private final Ingest ingest;
    private final boolean encrypted;
    private final ListeningPort port;

    private RtmpListener(
            EventLoops loops, String bind, int wantedPort, Optional<CertificateFiles> certificate, Ingest ingest) {
        this.ingest = ingest;
        this.encrypted = certificate.isPresent();
        port = new ListeningPort(
                loops.vertx(), wantedPort, loops.count(), CLOSE_TIMEOUT, () -> server(loops, bind, certificate));
        certificate.ifPresent(files -> files.follow(port));
    }

    /// Opens the port of RTMP without TLS.
    ///
    /// @param bind the address to listen on
    /// @param wantedPort the port; 0 takes a free one
    /// @throws PortTakenException if the port cannot be had
    public static RtmpListener open(EventLoops loops, String bind, int wantedPort, Ingest ingest) {
        try {
            return new RtmpListener(loops, bind, wantedPort, Optional.empty(), ingest);
        } catch (CompletionException e) {
            throw new PortTakenException(bind, wantedPort, "--rtmp-port", e);
        }
    }

    /// Opens the port of RTMP with TLS.
    ///
    /// @param bind the address to listen on
    /// @param wantedPort the port; 0 takes a free one
    /// @throws PortTakenException if the port cannot be had
    public static RtmpListener openTls(
            EventLoops loops, String bind, int wantedPort, CertificateFiles certificate, Ingest ingest) {
        try {
            return new RtmpListener(loops, bind, wantedPort, Optional.of(certificate), ingest);
        } catch (CompletionException e) {
            throw new PortTakenException(bind, wantedPort, "--rtmps-port", e);
        }
    }

    private PortServer server(EventLoops loops, String bind, Optional<CertificateFiles> certificate) {
        NetServerOptions options = new NetServerOptions().setTcpNoDelay(true).setTcpKeepAlive(true);
        certificate.ifPresent(files -> files.secure(options));
        NetServer server = loops.vertx()
                .createNetServer(options)
                .connectHandler(this::accept)
                .exceptionHandler(e -> LOG.debug("RTMP: a connection that did not come about: {}", e.toString()));
        return new RtmpPortServer(server, bind, GRACE);
    }

    /// The port that is really open.
    public int port() {
        return port.port();
    }

    /// Closes the port, and every connection after a grace.
    @Override
    public void close() {
        port.close();
    }

    private void accept(NetSocket accepted) {
        NetSocketInternal socket = (NetSocketInternal) accepted;
        String remoteAddress = socket.remoteAddress().hostAddress();
        if (!ingest.waiting().add(remoteAddress)) {
            ingest.crowds().turnedAway(remoteAddress);
            socket.close();
            return;
        }
        RtmpConnection connection = new RtmpConnection(ingest, socket, remoteAddress, encrypted);
        socket.messageHandler(message -> {
            if (message instanceof ByteBuf bytes) {
                connection.received(bytes);
            } else {
                ReferenceCountUtil.release(message);
            }
        });
        socket.exceptionHandler(e -> LOG.debug("RTMP {}: {}", remoteAddress, e.toString()));
        socket.closeHandler(_ -> connection.closed());
    }
}
