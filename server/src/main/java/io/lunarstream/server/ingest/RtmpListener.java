package io.lunarstream.server.ingest;

import io.lunarstream.server.http.EventLoops;
import io.lunarstream.server.http.PortTakenException;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The RTMP port, on every event loop.
public final class RtmpListener implements AutoCloseable {
    /// To Vert.x a negative port is a free one that all event loops share, each number another one; -1 is HTTP's.
    private static final int SHARED_FREE_PORT = -2;

    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    /// How long connections may stay to read why they are cut.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(RtmpListener.class);

    private final Vertx vertx;
    private final Ingest ingest;
    private final AtomicInteger port = new AtomicInteger();
    private final String deploymentId;

    private RtmpListener(EventLoops loops, String bind, int wantedPort, Ingest ingest) {
        this.vertx = loops.vertx();
        this.ingest = ingest;
        int sharedPort = wantedPort == 0 ? SHARED_FREE_PORT : wantedPort;
        this.deploymentId = await(
                vertx.deployVerticle(
                        () -> new EventLoopServer(bind, sharedPort),
                        new DeploymentOptions().setInstances(loops.count())),
                OPEN_TIMEOUT);
    }

    /// Opens the port.
    ///
    /// @param bind the address to listen on
    /// @param wantedPort the port; 0 takes a free one
    /// @throws PortTakenException if the port cannot be had
    public static RtmpListener open(EventLoops loops, String bind, int wantedPort, Ingest ingest) {
        try {
            return new RtmpListener(loops, bind, wantedPort, ingest);
        } catch (CompletionException e) {
            throw new PortTakenException(bind, wantedPort, "--rtmp-port", e);
        }
    }

    /// The port that is really open.
    public int port() {
        return port.get();
    }

    /// Closes the port, and every connection after a grace.
    @Override
    public void close() {
        await(vertx.undeploy(deploymentId), CLOSE_TIMEOUT);
    }

    private static <T> T await(Future<T> future, Duration timeout) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private void accept(NetSocket accepted) {
        NetSocketInternal socket = (NetSocketInternal) accepted;
        String remoteAddress = socket.remoteAddress().hostAddress();
        if (!ingest.waiting().add(remoteAddress)) {
            LOG.info("RTMP {}: closed: too many connections that do not publish", remoteAddress);
            socket.close();
            return;
        }
        RtmpConnection connection = new RtmpConnection(ingest, socket, remoteAddress);
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

    /// The port on one event loop. Vert.x lets the event loops share it.
    private final class EventLoopServer extends VerticleBase {
        private final String bind;
        private final int wantedPort;
        private @Nullable NetServer server;

        EventLoopServer(String bind, int wantedPort) {
            this.bind = bind;
            this.wantedPort = wantedPort;
        }

        @Override
        public Future<?> start() {
            NetServerOptions options = new NetServerOptions()
                    .setHost(bind)
                    .setPort(wantedPort)
                    .setTcpNoDelay(true)
                    .setTcpKeepAlive(true);
            NetServer created = vertx.createNetServer(options).connectHandler(RtmpListener.this::accept);
            server = created;
            return created.listen().onSuccess(open -> port.set(open.actualPort()));
        }

        @Override
        public Future<?> stop() {
            return server == null ? Future.succeededFuture() : server.shutdown(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
