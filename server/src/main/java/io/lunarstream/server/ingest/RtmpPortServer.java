package io.lunarstream.server.ingest;

import io.lunarstream.server.transport.PortServer;
import io.vertx.core.Future;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// One event loop's share of an RTMP port.
///
/// @param bind the address to listen on
/// @param grace how long connections may stay to read why they are cut
record RtmpPortServer(NetServer server, String bind, Duration grace) implements PortServer {
    @Override
    public Future<Integer> listen(int port) {
        return server.listen(port, bind).map(NetServer::actualPort);
    }

    @Override
    public Future<?> renew(ServerSSLOptions options) {
        return server.updateSSLOptions(options);
    }

    @Override
    public Future<?> shutdown() {
        return server.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS);
    }
}
