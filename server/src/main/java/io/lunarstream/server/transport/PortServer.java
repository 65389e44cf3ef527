package io.lunarstream.server.transport;

import io.vertx.core.Future;
import io.vertx.core.net.ServerSSLOptions;

/// One event loop's share of a port.
public interface PortServer {

    /// Begins to accept connections.
    ///
    /// @param port what Vert.x is to open: one that is given, or a free one by a negative number
    /// @return completes with the port that is really open
    Future<Integer> listen(int port);

    /// Has connections from now on greeted with another certificate; those there are stay as they are.
    Future<?> renew(ServerSSLOptions options);

    /// Accepts no more, and closes what there is after a grace.
    Future<?> shutdown();
}
