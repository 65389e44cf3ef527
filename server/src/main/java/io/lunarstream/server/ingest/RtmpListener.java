package io.lunarstream.server.ingest;

import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.live.PublishAuthorizer;
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
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The RTMP port, on every event loop.
public final class RtmpListener implements AutoCloseable {
    private static final int OPEN_SECONDS = 10;
    private static final int CLOSE_SECONDS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(RtmpListener.class);

    private final Vertx vertx;
    private final Ingest ingest;
    private final AtomicInteger port = new AtomicInteger();
    private String deploymentId = "";

    public RtmpListener(Vertx vertx, PublishAuthorizer authorizer, LiveStreams streams, InstantSource clock) {
        this.vertx = vertx;
        this.ingest = new Ingest(authorizer, streams, clock, new SecureRandom(), new WaitingConnections());
    }

    /// Opens the port.
    ///
    /// @param bind the address to listen on
    /// @param wantedPort the port; 0 takes a free one
    /// @throws ExecutionException if the port cannot be had
    public void open(String bind, int wantedPort, int eventLoops)
            throws ExecutionException, InterruptedException, TimeoutException {
        // A negative port is one free port that all event loops share.
        int sharedPort = wantedPort == 0 ? -1 : wantedPort;
        deploymentId = vertx.deployVerticle(
                        () -> new EventLoopServer(bind, sharedPort), new DeploymentOptions().setInstances(eventLoops))
                .toCompletionStage()
                .toCompletableFuture()
                .get(OPEN_SECONDS, TimeUnit.SECONDS);
    }

    /// The port that is really open.
    public int port() {
        return port.get();
    }

    /// Closes the port and every connection.
    @Override
    public void close() {
        try {
            vertx.undeploy(deploymentId)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The RTMP port did not close: {}", e.toString());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
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
            return server == null ? Future.succeededFuture() : server.close();
        }
    }
}
