package io.lunarstream.server.publisher;

import io.lunarstream.rtmp.session.PublishTarget;
import io.lunarstream.server.http.EventLoops;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Opens publishers, each on an event loop, in turns. Safe to call from any thread.
public final class RtmpClient implements AutoCloseable {
    /// A server that has not answered by then is not there, or not to be published to.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final VertxInternal vertx;
    private final NetClient net;
    private final RandomGenerator random = new SecureRandom();

    public RtmpClient(EventLoops loops) {
        vertx = (VertxInternal) loops.vertx();
        net = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true));
    }

    /// Connects and publishes.
    ///
    /// @param target where to; RTMP without TLS
    /// @param tags what, closed at the end
    public RtmpPublisher publish(PublishTarget target, TagLoop tags) {
        if (target.secure()) {
            throw new IllegalArgumentException("rtmps is not supported");
        }
        ContextInternal context = vertx.createEventLoopContext();
        RtmpPublisher publisher =
                new RtmpPublisher(target, tags, random, context.nettyEventLoop(), new Pacer(System::nanoTime));
        context.runOnContext(_ -> net.connect(target.port(), unbracketed(target.host()))
                .onComplete(publisher::connected, publisher::notConnected));
        return publisher;
    }

    /// An IPv6 address without the brackets that it has in URLs.
    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// Closes every connection, without goodbyes.
    @Override
    public void close() {
        net.close();
    }
}
