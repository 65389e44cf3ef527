package io.lunarstream.server.http;

import io.lunarstream.server.transport.PortServer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// One event loop's share of an HTTP port.
///
/// @param bind the address to listen on
/// @param grace how long requests at work may take to finish on a close
record HttpPortServer(HttpServer server, String bind, Duration grace) implements PortServer {
    @Override
    public Future<Integer> listen(int port) {
        return server.listen(port, bind).map(HttpServer::actualPort);
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
