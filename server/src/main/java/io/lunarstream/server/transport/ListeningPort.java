package io.lunarstream.server.transport;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A TCP port that several event loops share; Vert.x spreads its connections over them.
public final class ListeningPort implements AutoCloseable {

    /// Opening asks no other machine; what takes longer hangs.
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);

    /// To Vert.x a negative number is a free port for all who name that number; each listener takes another one.
    private static final AtomicInteger FREE_PORTS = new AtomicInteger();

    private final Vertx vertx;
    private final Duration closeTimeout;
    private final Queue<PortServer> servers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger port = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final String deploymentId;

    /// Opens a port.
    ///
    /// @param wantedPort the port; 0 takes a free one
    /// @param eventLoops how many of them share it
    /// @param closeTimeout longer than the servers' grace
    /// @param servers makes each event loop's share
    /// @throws java.util.concurrent.CompletionException if the port cannot be had
    public ListeningPort(
            Vertx vertx, int wantedPort, int eventLoops, Duration closeTimeout, Supplier<PortServer> servers) {
        this.vertx = vertx;
        this.closeTimeout = closeTimeout;
        int sharedPort = wantedPort == 0 ? FREE_PORTS.decrementAndGet() : wantedPort;
        DeploymentOptions options = new DeploymentOptions().setInstances(eventLoops);
        deploymentId = await(vertx.deployVerticle(() -> new Share(servers.get(), sharedPort), options), OPEN_TIMEOUT);
    }

    /// The port that is really open.
    public int port() {
        return port.get();
    }

    /// Greets new connections with another certificate. Vert.x keeps one for all event loops.
    public void renew(ServerSSLOptions options) {
        if (!closed.get()) {
            await(servers.element().renew(options), OPEN_TIMEOUT);
        }
    }

    /// Takes no more connections, and closes those there are after a grace. A second close does nothing.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            await(vertx.undeploy(deploymentId), closeTimeout);
        }
    }

    private static <T> T await(Future<T> future, Duration timeout) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private final class Share extends VerticleBase {
        private final PortServer server;
        private final int wantedPort;

        Share(PortServer server, int wantedPort) {
            this.server = server;
            this.wantedPort = wantedPort;
        }

        @Override
        public Future<?> start() {
            servers.add(server);
            return server.listen(wantedPort).onSuccess(port::set);
        }

        @Override
        public Future<?> stop() {
            return server.shutdown();
        }
    }
}
